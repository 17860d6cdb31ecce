import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { useAmounts } from '../../../lib/contributions'
import { formatDay } from '../../../lib/format'
import { contributionKind, partnerOutcome } from '../../../lib/kinds'
import { Facts } from '../../../ui/Facts'
import { Part } from './Part'

type Decided = NonNullable<Schemas['PartnerRequestPublic']['decision']>

/** What the authority decided, and what it decided before on versions that were replaced. */
export function Decisions({ now, former }: { now: Decided | null; former: Decided[] }) {
  const { t } = useLingui()
  return (
    <>
      {now && (
        <Part title={t`Decision`}>
          <Decision of={now} />
        </Part>
      )}
      {former.length > 0 && (
        <Part title={t`Former decisions`}>
          <p>
            <Trans>These no longer hold: the version or the puumerkki that they stood on has been replaced.</Trans>
          </p>
          {former.map((one) => (
            <Decision key={`${one.version_number}-${one.decided_on}-${one.section}`} of={one} />
          ))}
        </Part>
      )}
    </>
  )
}

function Decision({ of }: { of: Decided }) {
  const { t } = useLingui()
  const amountOf = useAmounts()
  const contributions = of.contributions ?? []
  return (
    <Facts
      facts={[
        [t`Outcome`, t(partnerOutcome[of.outcome])],
        [
          t`Contributions`,
          contributions.length > 0 && (
            <ul style={{ margin: 0, paddingLeft: '1.2em' }}>
              {contributions.map((one) => (
                <li key={`${one.kind}-${one.description}`}>
                  {[t(contributionKind[one.kind]), amountOf(one)].filter(Boolean).join(', ')}: {one.description}
                </li>
              ))}
            </ul>
          ),
        ],
        [t`Body or office`, of.body],
        [t`Decided on`, formatDay(of.decided_on)],
        [t`Section`, of.section],
        [t`Version of the application`, String(of.version_number)],
        [t`How to appeal`, of.appeal],
      ]}
    />
  )
}
