import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { useFilters } from '../../../lib/urlState'
import { compareLists, compareWords } from '../../../ui/diff/compare'
import { SideBySide } from '../../../ui/diff/SideBySide'
import { Filters } from '../../../ui/Filters'
import { ChooseField } from '../../../ui/inputs'
import type { Agreement, Said } from '../components/agreement'
import { TEXTS } from '../components/labels'
import { useSummary } from '../components/summary'

type Version = Schemas['AgreementVersionPublic']
const COPY = 'copy'
const AS_WORDS: string[] = [...TEXTS, 'title']

/** What differs between two versions, or between one and the working copy. */
export function Comparison({ agreement, versions }: { agreement: Agreement; versions: Version[] }) {
  const { t } = useLingui()
  const [filters, change] = useFilters<'old' | 'new'>()
  const newest = String(agreement.current_version)
  const earlier = versions.find((one) => String(one.number) !== newest && one.standing !== 'withdrawn') ?? versions[1]
  const now = filters.new ?? (agreement.changed ? COPY : newest)
  const before = filters.old ?? (now === COPY ? newest : String(earlier?.number ?? newest))
  const listed = versions.map((one) => ({
    value: String(one.number),
    label: t`Version ${one.number}, ${formatDay(one.created_at)}`,
  }))
  const saidIn = (chosen: string): Said => versions.find((one) => String(one.number) === chosen) ?? agreement
  return (
    <>
      <Heading variant="h3">{t`Compare versions`}</Heading>
      <Filters label={t`Choose two versions`}>
        <ChooseField
          label={t`Earlier version`}
          name="old"
          value={before}
          onChange={(old) => change({ old })}
          options={listed}
        />
        <ChooseField
          label={t`Later version`}
          name="new"
          value={now}
          onChange={(later) => change({ new: later })}
          options={[...(agreement.changed ? [{ value: COPY, label: t`Working copy` }] : []), ...listed]}
        />
      </Filters>
      <Differences agreement={agreement} old={saidIn(before)} now={saidIn(now)} />
    </>
  )
}

function Differences({ agreement, old, now }: { agreement: Agreement; old: Said; now: Said }) {
  const inWords = useSummary(agreement)
  const before = new Map(inWords(old).map((one) => [one.key, one.lines]))
  const found = inWords(now).flatMap(({ key, name, lines }) => {
    const earlier = before.get(key) ?? []
    if (earlier.join('\n') === lines.join('\n')) return []
    const sides = AS_WORDS.includes(key) ? compareWords(earlier.join(), lines.join()) : compareLists(earlier, lines)
    return [{ key, name, ...sides }]
  })
  if (found.length === 0)
    return (
      <p>
        <Trans>Nothing differs.</Trans>
      </p>
    )
  return <SideBySide of={found} />
}
