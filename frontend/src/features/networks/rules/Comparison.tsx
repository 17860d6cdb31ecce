import { useLingui } from '@lingui/react/macro'
import { Fragment } from 'react'
import { Heading } from 'suomifi-ui-components'
import { query } from '../../../api/client'
import { useFilters } from '../../../lib/urlState'
import { compareWords, type Stretch } from '../../../ui/diff/compare'
import { Marked } from '../../../ui/diff/Marked'
import { Empty, Loaded } from '../../../ui/Feedback'
import { Choose, Filters } from '../../../ui/Filters'
import { Section } from '../components/Section'
import styles from './Rules.module.css'
import { type Row, rowsOf } from './rows'
import { useRuleLabels } from './ruleLabels'

/** Two versions side by side: what the text says, and what differs in the rule. */
export function Comparison({ networkId, numbers }: { networkId: string; numbers: number[] }) {
  const { t } = useLingui()
  const [chosen, change] = useFilters<'old' | 'new'>()
  const options = numbers.map((one) => ({ value: String(one), label: t`Version ${one}` }))
  return (
    <Section title={t`Compare versions`}>
      <Filters label={t`Choose two versions`}>
        <Choose
          label={t`Earlier version`}
          any={t`Choose`}
          value={chosen.old}
          options={options}
          onChange={(value) => change({ old: value })}
        />
        <Choose
          label={t`Later version`}
          any={t`Choose`}
          value={chosen.new}
          options={options}
          onChange={(value) => change({ new: value })}
        />
      </Filters>
      {chosen.old && chosen.new && (
        <Differences networkId={networkId} old={Number(chosen.old)} now={Number(chosen.new)} />
      )}
    </Section>
  )
}

function Differences({ networkId, old, now }: { networkId: string; old: number; now: number }) {
  const { t } = useLingui()
  const words = useRuleLabels()
  const languages: Record<string, string> = { fi: t`In Finnish`, sv: t`In Swedish`, en: t`In English` }
  const params = { path: { network_id: networkId }, query: { old, new: now } }
  const found = query.useQuery('get', '/api/v1/networks/{network_id}/rulebooks/compare', { params })
  return (
    <Loaded query={found}>
      {(compared) => (
        <>
          {Object.entries(compared.texts).map(([language, pieces]) => (
            <Fragment key={language}>
              <Heading variant="h3">{languages[language] ?? language}</Heading>
              <div className={styles.sides} lang={language}>
                {rowsOf(pieces).map((row, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have only their place
                  <Sides key={place} row={row} />
                ))}
              </div>
            </Fragment>
          ))}
          <Heading variant="h3">{t`Decision rule`}</Heading>
          {compared.rule.length === 0 ? (
            <Empty>{t`The decision rule is the same.`}</Empty>
          ) : (
            <ul className={styles.sentences}>
              {compared.rule.map((one) => (
                <li key={one.field}>
                  <strong>{words.fields[one.field] ?? one.field}</strong>
                  {`: ${words.value(one.field, one.old)} → ${words.value(one.field, one.new)}`}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Loaded>
  )
}

function Sides({ row }: { row: Row }) {
  const { t } = useLingui()
  if ('same' in row)
    return (
      <>
        <p className={styles.piece}>{row.same}</p>
        <p className={styles.piece} aria-hidden="true">
          {row.same}
        </p>
      </>
    )
  const { old, now } = compareWords(row.old, row.now)
  return (
    <>
      <Piece side="old" sign={t`Taken out`} of={old} />
      <Piece side="now" sign={t`Added`} of={now} />
    </>
  )
}

/** What one of the versions says in a paragraph that the other one lacks or words differently. */
function Piece({ side, sign, of }: { side: 'old' | 'now'; sign: string; of: Stretch[] }) {
  const { i18n } = useLingui()
  if (of.length === 0) return <div />
  return (
    <p className={`${styles.piece} ${side === 'old' ? styles.removed : styles.added}`}>
      {of.every((one) => one.changed) && (
        <span className={styles.sign} lang={i18n.locale} aria-hidden="true">
          {sign}
        </span>
      )}
      <Marked side={side} of={of} />
    </p>
  )
}
