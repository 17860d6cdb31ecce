import type { ReactNode } from 'react'
import styles from './Agreements.module.css'

/** A table with headings, and where given a foot. */
export function Table({ heads, children, foot }: { heads: string[]; children: ReactNode; foot?: ReactNode }) {
  return (
    <table className={styles.table}>
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
