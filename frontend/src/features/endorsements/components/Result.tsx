import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Heading } from 'suomifi-ui-components'
import styles from './parts.module.css'

/** What a check found; the focus goes there. */
export function Result({ title, status, children }: { title: string; status: ReactNode; children: ReactNode }) {
  const name = useId()
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <section className={styles.result} aria-labelledby={name} tabIndex={-1} ref={box}>
      <div className={styles.head}>
        <Heading variant="h3" as="h3" id={name}>
          {title}
        </Heading>
        {status}
      </div>
      {children}
    </section>
  )
}
