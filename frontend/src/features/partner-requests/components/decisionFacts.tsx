import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Schemas } from '../../../api/client'
import { useAmounts } from '../../../lib/contributions'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'

type Said = Omit<Schemas['ProposalGiven'], 'outcome'> & { outcome: Schemas['PartnerOutcome'] }

/** What a decision says, made or proposed, as facts. */
export function useDecisionFacts(): (of: Said) => [string, ReactNode][] {
  const { t } = useLingui()
  const amountOf = useAmounts()
  return (of) => {
    const contributions = of.contributions ?? []
    return [
      [t`Outcome`, t(enumLabels.PartnerOutcome[of.outcome])],
      [
        t`Contributions`,
        contributions.length > 0 && (
          <ul style={{ margin: 0, paddingLeft: '1.2em' }}>
            {contributions.map((one) => (
              <li key={`${one.kind}-${one.description}`}>
                {[t(enumLabels.ContributionKind[one.kind]), amountOf(one)].filter(Boolean).join(', ')}:{' '}
                {one.description}
              </li>
            ))}
          </ul>
        ),
      ],
      [t`Body or office`, of.body],
      [t`Decided on`, of.decided_on && formatDay(of.decided_on)],
      [t`Section`, of.section],
      [t`Reason`, of.reason],
      [t`How to appeal`, of.appeal],
    ]
  }
}

/** Who proposed; of a service account with the people who made it. */
export function useProposer(): (of: Schemas['Proposer']) => ReactNode {
  const { t } = useLingui()
  return (of) => {
    const makers = of.makers.map((one) => one.name ?? t`a former user`).join(', ')
    const name = of.name ?? t`a former user`
    return makers ? [name, t`Service account. Made by: ${makers}`].join('\n') : name
  }
}
