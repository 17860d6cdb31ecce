import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../../api/client'
import { formatDay, formatMoney } from '../../../lib/format'
import { useTargetGroups } from '../../../lib/targetGroups'
import { compareLists, compareWords, type Sides, unlike } from '../../../ui/diff/compare'
import { SideBySide } from '../../../ui/diff/SideBySide'
import { Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import type { Field } from '../editor/draft'
import { FIELD_LABELS } from '../editor/labels'
import { useNames } from './names'

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

/** Differences side by side: before and now, by the part of the form, with the words that changed marked. */
export function Changes({ changes }: { changes: Change[] }) {
  const { t } = useLingui()
  const words = useWords(changes)
  const label = (part: string) => (part in FIELD_LABELS ? t(FIELD_LABELS[part as Field]) : part)
  if (changes.length === 0)
    return (
      <p>
        <Trans>Nothing differs.</Trans>
      </p>
    )
  return (
    <SideBySide
      of={changes.map((change) => ({
        key: `${change.kind} ${change.pointer}`,
        name: label(partOf(change)),
        ...sidesOf(change, words),
      }))}
    />
  )
}

function sidesOf(change: Change, words: (change: Change, value: unknown) => string): Sides {
  const { kind, old, new: now } = change
  const said = (value: unknown) => words(change, value)
  if (kind === 'added') return unlike('', said(now))
  if (kind === 'removed') return unlike(said(old), '')
  if (Array.isArray(old) && Array.isArray(now)) return compareLists(old.map(said), now.map(said))
  return isText(change) ? compareWords(said(old), said(now)) : unlike(said(old), said(now))
}

const isText = (change: Change) =>
  typeof change.old === 'string' && typeof change.new === 'string' && !['duration', 'call_id'].includes(partOf(change))

/** A value of a difference in words. */
function useWords(changes: Change[]) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const named = useNames(changes)
  const nameOf = (id: unknown) => named.get(String(id)) ?? t`(another choice)`
  return (change: Change, value: unknown): string => {
    const part = partOf(change)
    if (part === 'amount_cents' || change.pointer.endsWith('cents')) return formatMoney(Number(value))
    if (part === 'target_groups') return [value].flat().map(String).map(groups.name).join('\n')
    if (part === 'duration') return days(value)
    if (CHOICES.includes(part)) return [value].flat().map(nameOf).join('\n')
    return inWords(value, nameOf)
  }
}

const CHOICES = ['area_ids', 'call_id', 'co_applicant_ids', 'need_ids']
const DAY = /^\d{4}-\d{2}-\d{2}$/

function days(value: unknown): string {
  if (typeof value === 'string') return DAY.test(value) ? formatDay(value) : value
  return Object.values(value ?? {})
    .map(days)
    .reverse()
    .join(' – ')
}

/** Rows and lists as lines; an id as the name of what it stands for, a row's key not at all. */
function inWords(value: unknown, nameOf: (id: unknown) => string): string {
  if (Array.isArray(value)) return value.map((one) => inWords(one, nameOf)).join('\n')
  if (value === null || typeof value !== 'object') return String(value ?? '')
  return Object.entries(value)
    .filter(([name, inner]) => inner !== null && name !== 'key')
    .map(([name, inner]) => {
      if (name === 'id') return nameOf(inner)
      return name.endsWith('cents') ? formatMoney(Number(inner)) : inWords(inner, nameOf)
    })
    .join(', ')
}
