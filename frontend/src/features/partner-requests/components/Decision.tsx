import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { Facts } from '../../../ui/Facts'
import { Link } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { useDecisionFacts, useProposer } from './decisionFacts'

type Decided = NonNullable<Schemas['PartnerRequestPublic']['decision']>

/** What the authority decided, and what it decided before it took the case up again. */
export function Decisions({ now, former }: { now: Decided | null; former: Decided[] }) {
  const { t } = useLingui()
  return (
    <>
      {now && (
        <Section title={t`Decision`}>
          <Decision of={now} />
        </Section>
      )}
      {former.length > 0 && (
        <Section title={t`Former decisions`}>
          <p>
            <Trans>The authority has taken the case up again after these decisions.</Trans>
          </p>
          {former.map((one) => (
            <Decision key={`${one.version_number}-${one.decided_on}-${one.section}`} of={one} />
          ))}
        </Section>
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
        `${t`Without a puumerkki: the requirement was released`}. ${t(enumLabels.ReleaseGround[one.release_ground])}. ${one.release_reason}`
      ) : (
        t`Without a puumerkki: the authority waived the requirement`
      )}
    </div>
  ))
}

function Decision({ of }: { of: Decided }) {
  const { t } = useLingui()
  const factsOf = useDecisionFacts()
  const proposer = useProposer()
  return (
    <Facts
      facts={[
        ...factsOf(of),
        [t`Required puumerkki`, of.grounds && of.grounds.length > 0 && <Grounds of={of.grounds} />],
        [t`Version of the application`, String(of.version_number)],
        [t`Proposed by`, of.proposed_by && proposer(of.proposed_by)],
        [
          t`Proposal`,
          of.as_proposed !== null && (of.as_proposed ? t`Decided as proposed` : t`Decided otherwise than proposed`),
        ],
      ]}
    />
  )
}
