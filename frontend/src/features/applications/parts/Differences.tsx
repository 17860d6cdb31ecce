import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../../api/client'
import { formatDay, formatMoney } from '../../../lib/format'
import { useTargetGroups } from '../../../lib/targetGroups'
import { Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import type { Field } from '../editor/draft'
import { FIELD_WORDS } from '../editor/words'
import styles from './Differences.module.css'

type Change = Schemas['Difference']

const partOf = (change: Change) => change.pointer.split('/')[1] ?? ''

/** What differs from the application that this one continues. */
export function Differences({ application }: { application: string }) {
  const { t } = useLingui()
  const differences = query.useQuery('get', '/api/v1/applications/{application_id}/differences', {
    params: { path: { application_id: application } },
  })
  return (
    <section aria-label={t`What differs from the application before`}>
      <Heading variant="h2">{t`What differs from the application before`}</Heading>
      <Loaded query={differences}>
        {({ old, changes }) => (
          <>
            <p>
              <Link to={`applications/${old.application_id}`}>{t`The application before`}</Link>
            </p>
            <Changes changes={changes} />
          </>
        )}
      </Loaded>
    </section>
  )
}

/** Differences side by side: before and now, by the part of the form. */
export function Changes({ changes }: { changes: Change[] }) {
  const { t } = useLingui()
  const words = useWords()
  const label = (part: string) => (part in FIELD_WORDS ? t(FIELD_WORDS[part as Field]) : part)
  if (changes.length === 0)
    return (
      <p>
        <Trans>Nothing differs.</Trans>
      </p>
    )
  return (
    <dl className={styles.changes}>
      {changes.map((change) => (
        <div key={`${change.kind} ${change.pointer}`}>
          <dt>{label(partOf(change))}</dt>
          <dd>
            <span className={styles.side}>{t`Before`}</span>
            {change.kind === 'added' ? t`(nothing)` : <del>{words(change, change.old)}</del>}
          </dd>
          <dd>
            <span className={styles.side}>{t`Now`}</span>
            {change.kind === 'removed' ? t`(nothing)` : <ins>{words(change, change.new)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A value of a difference in words, as far as it is none of the ids behind names. */
function useWords() {
  const { t } = useLingui()
  const groups = useTargetGroups()
  return (change: Change, value: unknown): string => {
    const part = partOf(change)
    if (part === 'amount_cents' || change.pointer.endsWith('cents')) return formatMoney(Number(value))
    if (part === 'target_groups') return [value].flat().map(String).map(groups.name).join(', ')
    if (part === 'duration') return days(value)
    if (['call_id', 'co_applicant_ids', 'need_ids'].includes(part)) return t`(another choice)`
    return inWords(value)
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

function days(value: unknown): string {
  if (typeof value === 'string') return DAY.test(value) ? formatDay(value) : value
  return Object.values(value ?? {})
    .map(days)
    .reverse()
    .join(' – ')
}

/** Rows and lists as lines; keys and ids say nothing to a reader. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join('\n')
  if (value === null || typeof value !== 'object') return String(value ?? '')
  return Object.entries(value)
    .filter(([name, inner]) => inner !== null && name !== 'key' && name !== 'id')
    .map(([name, inner]) => (name.endsWith('cents') ? formatMoney(Number(inner)) : inWords(inner)))
    .join(', ')
}
