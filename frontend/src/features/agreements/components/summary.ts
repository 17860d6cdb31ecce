import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { useAmounts } from '../../../lib/contributions'
import { formatYearDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { useTargetGroups } from '../../../lib/targetGroups'
import { type Agreement, periodOf, type Said } from './agreement'
import { SECTIONS, TEXTS, YEAR_DAYS } from './labels'

/** How much a contribution is, and for which year. */
export function useYearlyAmounts() {
  const { t } = useLingui()
  const amountOf = useAmounts()
  return (one: Schemas['AgreementContribution']) => ({
    amount: amountOf(one),
    when: one.year != null ? String(one.year) : t`every year`,
  })
}

/** What an agreement says, part by part, as lines of plain words: to compare two of them. */
export function useSummary({ parties }: Pick<Agreement, 'parties'>) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const amounts = useYearlyAmounts()
  const nameOf = (id: string) => textOf(parties.find((one) => one.id === id)?.names)
  const joined = (...words: (string | null | undefined)[]) => words.filter(Boolean).join(', ')
  return (said: Said) => {
    const { content } = said
    const lines: Partial<Record<keyof typeof SECTIONS, string[]>> = {
      target_groups: (content.target_groups ?? []).map(groups.name),
      contributions: (content.contributions ?? []).map((one) => {
        const { amount, when } = amounts(one)
        const kind = t(enumLabels.PartyContributionKind[one.kind])
        return joined(nameOf(one.organisation_id), kind, amount, when, one.budget_line, one.description)
      }),
      reporting: (content.reporting ?? []).map((one) =>
        joined(nameOf(one.organisation_id), one.what, one.due, formatYearDay(one.due_by)),
      ),
      public: content.public
        ? [t`Anybody may see this agreement’s parties, purpose, target groups, period and sums`]
        : [],
      notice_months: content.notice_months != null ? [String(content.notice_months)] : [],
    }
    for (const part of YEAR_DAYS) lines[part] = content[part] ? [formatYearDay(content[part])] : []
    for (const part of TEXTS) lines[part] = content[part] ? [content[part]] : []
    return [
      { key: 'title', name: t`Name`, lines: [said.title] },
      { key: 'period', name: t`Period`, lines: [periodOf(said)] },
      ...(Object.keys(SECTIONS) as (keyof typeof SECTIONS)[]).map((part) => ({
        key: part as string,
        name: t(SECTIONS[part]),
        lines: lines[part] ?? [],
      })),
    ]
  }
}
