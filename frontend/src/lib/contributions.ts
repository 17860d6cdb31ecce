import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../api/client'
import { textPayload } from './drafts/payload'
import { formatMoney } from './format'

/** How much somebody puts in, in words: money, or time. */
export function useAmounts() {
  const { t } = useLingui()
  return ({ cents, hours }: { cents?: number | null; hours?: number | null }) => {
    if (cents != null) return formatMoney(cents)
    return hours != null ? t`${plural(hours, { one: '# hour', other: '# hours' })}` : ''
  }
}

/** What a party puts in, while it is written. */
export interface PuttingIn {
  kind: Schemas['PartyContributionKind']
  cents: number | null
  hours: number | null
  budget_line: string
  description: string
}

/** One of several: `key` tells it from the others. */
export type ContributionRow = PuttingIn & { key: string }

export const contributionRow = (key: string, one: Schemas['PartyContribution']): ContributionRow => ({
  key,
  kind: one.kind,
  cents: one.cents ?? null,
  hours: one.hours ?? null,
  budget_line: one.budget_line ?? '',
  description: one.description ?? '',
})

/** A row as the API takes it: a sum goes with money alone, hours with all else. */
export const contributionSent = <R extends ContributionRow>({ key, ...one }: R) => ({
  ...one,
  cents: one.kind === 'money' ? one.cents : null,
  hours: one.kind === 'money' ? null : one.hours,
  budget_line: textPayload(one.budget_line),
  description: textPayload(one.description),
})
