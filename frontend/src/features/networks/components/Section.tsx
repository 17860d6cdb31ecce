import type { ReactNode } from 'react'
import { Heading } from 'suomifi-ui-components'
import styles from './Section.module.css'

/** A part of a page under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <Heading variant="h2">{title}</Heading>
      {children}
    </section>
  )
}
