import type { ReactNode } from 'react'
import { Heading } from 'suomifi-ui-components'
import styles from './Quoted.module.css'

/** A part of what was written together, with its heading. `as`: the heading's level; `lang`: of what it holds. */
export function Part({
  title,
  as = 'h3',
  lang,
  children,
}: {
  title: string
  as?: 'h2' | 'h3'
  lang?: string
  children: ReactNode
}) {
  return (
    <section className={styles.part}>
      <Heading variant="h3" as={as}>
        {title}
      </Heading>
      <div lang={lang}>{children}</div>
    </section>
  )
}

/** A text with the lines that people gave it. */
export function Prose({ lang, children }: { lang?: string; children: ReactNode }) {
  return (
    <p lang={lang} className={styles.text}>
      {children}
    </p>
  )
}

/** What is said beside, on a line of its own. */
export function Quiet({ children }: { children: ReactNode }) {
  return <span className={styles.quiet}>{children}</span>
}
