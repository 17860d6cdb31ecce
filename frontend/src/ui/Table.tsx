import type { ReactNode } from 'react'
import styles from './Table.module.css'

/** A table with headings, and where given a foot. `amounts`: its last column holds amounts, to the right. */
export function Table({
  heads,
  children,
  foot,
  amounts = false,
}: {
  heads: string[]
  children: ReactNode
  foot?: ReactNode
  amounts?: boolean
}) {
  return (
    <table className={amounts ? `${styles.table} ${styles.amounts}` : styles.table}>
      <thead>
        <tr>
          {heads.map((one) => (
            <th key={one} scope="col">
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
      {foot && <tfoot>{foot}</tfoot>}
    </table>
  )
}
