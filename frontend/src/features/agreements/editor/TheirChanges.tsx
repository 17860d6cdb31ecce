import { useLingui } from '@lingui/react/macro'
import { Facts } from '../../../ui/Facts'
import type { Agreement } from '../components/agreement'
import { useSummary } from '../components/summary'
import type { Part } from './draft'

/** Of the parts that both changed, theirs as it stands now. */
export function TheirChanges({ parts: clashes, of }: { parts: Part[]; of: Agreement }) {
  const { t } = useLingui()
  const parts: string[] = clashes.map((part) => (part === 'starts_on' || part === 'ends_on' ? 'period' : part))
  const others = [parts.includes('parties') && t`Parties`, parts.includes('contacts') && t`Contact persons`]
  const facts = useSummary(of)(of)
    .filter((one) => parts.includes(one.key))
    .map((one): [string, string] => [one.name, one.lines.join('\n') || t`(nothing)`])
  return (
    <>
      {others.some(Boolean) && <p>{others.filter(Boolean).join(', ')}</p>}
      <Facts facts={facts} />
    </>
  )
}
