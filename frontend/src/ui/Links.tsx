import { Children, type ReactNode } from 'react'
import styles from './Links.module.css'

/** Places to go to from here, beside one another; nothing where there are none. */
export function Links({ children }: { children: ReactNode }) {
  const shown = Children.toArray(children)
  if (shown.length === 0) return null
  return (
    <ul className={styles.links}>
      {Children.map(shown, (one) => (
        <li>{one}</li>
      ))}
    </ul>
  )
}
