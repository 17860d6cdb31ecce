import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { type Choice, type Clash, mineOf } from '../../../lib/drafts/merge'
import { formatDay, formatMoney } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { useOpenCalls } from '../components/calls'
import { type Draft, TEXTS } from './draft'
import styles from './Editor.module.css'
import { useEditing } from './editing'
import { FIELD_LABELS } from './labels'

const isText = (clash: Clash<Draft>) => clash.key === null && (TEXTS as readonly string[]).includes(clash.field)

/** What two people wrote in the same place, side by side; one chooses, and until then neither is lost. */
export function Clashes() {
  const { now } = useEditing()
  const box = useRef<HTMLDivElement>(null)
  const count = now.clashes.length
  const before = useRef(0)
  useEffect(() => {
    // whoever has settled one clash goes on with the next
    if (count > 0 && count < before.current) box.current?.querySelector('button')?.focus()
    before.current = count
  }, [count])
  if (count === 0) return null
  return (
    <div ref={box} className={styles.clashes} role="alert">
      {now.clashes.map((clash) => (
        <OneClash key={`${clash.field} ${clash.key ?? ''}`} clash={clash} />
      ))}
    </div>
  )
}

function OneClash({ clash }: { clash: Clash<Draft> }) {
  const { t } = useLingui()
  const { draft, saving } = useEditing()
  const show = useWords()
  const name = t(FIELD_LABELS[clash.field])
  const choose = (choice: Choice) => saving.choose(clash, choice)
  return (
    <section aria-label={name}>
      <Heading variant="h2">
        <Trans>You and somebody else changed: {name}</Trans>
      </Heading>
      <div className={styles.sides}>
        <div>
          <h3>{t`Yours`}</h3>
          <p>{show(clash.field, mineOf(draft, clash))}</p>
          <Button variant="secondary" onClick={() => choose('mine')}>{t`Keep yours`}</Button>
        </div>
        <div>
          <h3>{t`Theirs`}</h3>
          <p>{show(clash.field, clash.theirs)}</p>
          <Button variant="secondary" onClick={() => choose('theirs')}>{t`Take theirs`}</Button>
        </div>
      </div>
      {isText(clash) && (
        <Button variant="secondaryNoBorder" onClick={() => choose('both')}>
          {t`Keep both, one below the other`}
        </Button>
      )}
    </section>
  )
}

/** A side of a clash in words. */
function useWords() {
  const { t } = useLingui()
  const { draft, nameOf } = useEditing()
  const calls = useOpenCalls(draft.call_id)
  return (field: keyof Draft, value: unknown): string => {
    if (value === null || value === '') return t`(nothing)`
    if (field === 'call_id') return textOf(calls.find((one) => one.id === value)?.names) || t`Another call`
    if (typeof value === 'number') return formatMoney(value)
    if (typeof value === 'string') return value
    const { starts_on, ends_on, key, cents, ...rest } = value as Record<string, unknown>
    if (field === 'duration') return `${formatDay(starts_on as string)} – ${formatDay(ends_on as string)}`
    const words = Object.values(rest).filter(Boolean)
    if (field === 'authorities') words.unshift(nameOf(String(key)))
    if (cents !== undefined) words.push(formatMoney(cents as number | null))
    return words.join(', ')
  }
}
