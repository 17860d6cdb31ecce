import { type ReactNode, useId } from 'react'
import { Heading } from 'suomifi-ui-components'
import styles from './Section.module.css'

/** A part of the page under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const name = useId()
  return (
    <section aria-labelledby={name} className={styles.section}>
      <Heading variant="h2" id={name}>
        {title}
      </Heading>
      {children}
    </section>
  )
}
