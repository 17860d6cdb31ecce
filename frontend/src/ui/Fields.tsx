import type { ReactNode } from 'react'
import styles from './Fields.module.css'

/** Fields that belong together, side by side where there is room. */
export function Fields({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className={styles.fields}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}
