import type { ReactNode } from 'react'
import styles from './Table.module.css'

/** A table with headings, and where given a name and a foot. `amounts`: so many of its last columns hold `Amount`s. */
export function Table({
  heads,
  children,
  foot,
  caption,
  amounts = 0,
}: {
  heads: string[]
  children: ReactNode
  foot?: ReactNode
  caption?: string
  amounts?: number
}) {
  return (
    <table className={styles.table}>
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>
          {heads.map((one, place) => (
            <th key={one} scope="col" className={place < heads.length - amounts ? undefined : styles.amount}>
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

/** A cell with an amount, to the right, so that digits stand below one another. */
export function Amount({ children }: { children: ReactNode }) {
  return <td className={styles.amount}>{children}</td>
}
