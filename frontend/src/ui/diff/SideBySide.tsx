import { useLingui } from '@lingui/react/macro'
import type { Sides, Stretch } from './compare'
import { Marked } from './Marked'
import styles from './SideBySide.module.css'

/** A part that differs, by its name. */
interface Compared extends Sides {
  key: string
  name: string
}

/** Differences side by side: before and now, with the words that changed marked. */
export function SideBySide({ of }: { of: Compared[] }) {
  const { t } = useLingui()
  return (
    <dl className={styles.changes}>
      {of.map(({ key, name, old, now }) => (
        <div key={key}>
          <dt>{name}</dt>
          <Side name={t`Before`} side="old" of={old} />
          <Side name={t`Now`} side="now" of={now} />
        </div>
      ))}
    </dl>
  )
}

function Side({ name, side, of }: { name: string; side: 'old' | 'now'; of: Stretch[] }) {
  const { t } = useLingui()
  return (
    <dd>
      <span className={styles.side}>{name}</span>
      {of.length === 0 ? t`(nothing)` : <Marked side={side} of={of} />}
    </dd>
  )
}
