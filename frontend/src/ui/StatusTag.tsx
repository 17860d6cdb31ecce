import type { ReactNode } from 'react'
import type { Tone } from '../lib/tones'
import styles from './StatusTag.module.css'

/** A state in a word; the colour only repeats what the word says. */
export function StatusTag({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${styles.tag} ${styles[tone]}`}>{children}</span>
}
