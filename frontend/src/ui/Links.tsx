import { Children, type ReactNode } from 'react'
import styles from './Links.module.css'

/** Places to go to from here, beside one another. */
export function Links({ children }: { children: ReactNode }) {
  return <ul className={styles.links}>{Children.map(children, (one) => one && <li>{one}</li>)}</ul>
}
