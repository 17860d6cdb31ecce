import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { useAmounts } from '../../../lib/contributions'
import { formatDay } from '../../../lib/format'
import { releaseGround } from '../../../lib/gate'
import { contributionKind, partnerOutcome } from '../../../lib/kinds'
import { Facts } from '../../../ui/Facts'
import { Link } from '../../../ui/Link'
import { Part } from './Part'

type Decided = NonNullable<Schemas['PartnerRequestPublic']['decision']>

/** What the authority decided, and what it decided before it took the case up again. */
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
            <Trans>The authority has taken the case up again after these decisions.</Trans>
          </p>
          {former.map((one) => (
            <Decision key={`${one.version_number}-${one.decided_on}-${one.section}`} of={one} />
          ))}
        </Part>
      )}
    </>
  )
}

/** What the decision stood on: a puumerkki for each requirement, or none. */
function Grounds({ of }: { of: NonNullable<Decided['grounds']> }) {
  const { t } = useLingui()
  return of.map((one) => (
    <div key={one.requirement_id}>
      {one.endorsement_number ? (
        <Link to={`endorsements/${one.endorsement_number}`}>{one.endorsement_number}</Link>
      ) : one.release_ground ? (
        `${t`Without a puumerkki: the requirement was released`}. ${t(releaseGround[one.release_ground])}. ${one.release_reason}`
      ) : (
        t`Without a puumerkki: the authority waived the requirement`
      )}
    </div>
  ))
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
        [t`Reason`, of.reason],
        [t`Required puumerkki`, of.grounds && of.grounds.length > 0 && <Grounds of={of.grounds} />],
        [t`Version of the application`, String(of.version_number)],
        [t`How to appeal`, of.appeal],
      ]}
    />
  )
}
