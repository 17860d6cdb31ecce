import type { ReactNode } from 'react'
import styles from './Cards.module.css'

export function Cards({ children }: { children: ReactNode }) {
  return <ul className={styles.cards}>{children}</ul>
}

export function Rows({ children }: { children: ReactNode }) {
  return <ul className={styles.rows}>{children}</ul>
}

interface Content {
  head: ReactNode
  status?: ReactNode
  /** Quiet facts below, separated by middle dots. */
  meta?: (string | null | undefined | false)[]
  children?: ReactNode
}

function Body({ head, status, meta, children }: Content) {
  const facts = (meta ?? []).filter(Boolean).join(' · ')
  return (
    <>
      <div className={styles.head}>
        <span>{head}</span>
        {status}
      </div>
      {facts && <p className={styles.meta}>{facts}</p>}
      {children}
    </>
  )
}

export function Card(content: Content) {
  return (
    <li>
      <div className={styles.card}>
        <Body {...content} />
      </div>
    </li>
  )
}

export function Row(content: Content) {
  return (
    <li className={styles.row}>
      <Body {...content} />
    </li>
  )
}
