import { useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { endedReason, lastDay } from '../../../lib/endorsements'
import { formatDay, formatMoment } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { useMembers } from '../../../lib/members'
import { ConditionList } from '../../../ui/Conditions'
import { EndorsementStatus } from '../../../ui/EndorsementStatus'
import { Facts } from '../../../ui/Facts'
import { Link } from '../../../ui/Link'
import { DecisionStatus, DecisionWords, Waiting } from './DecisionWords'
import type { Handling } from './handling'

type Decision = Handling['decisions'][number]

/** What meetings decided, the newest first; one that is not in effect yet says what it waits for. */
export function Decisions({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  if (handling.decisions.length === 0) return null
  return (
    <section>
      <Heading variant="h2">{t`Decision of a meeting`}</Heading>
      {[...handling.decisions].reverse().map((decision) => (
        <div key={decision.id}>
          <p>
            <DecisionStatus decision={decision} />
          </p>
          <Waiting decision={decision} />
          <DecisionFacts decision={decision} network={handling.network_id} />
          <DecisionWords handling={handling} decision={decision} />
        </div>
      ))}
    </section>
  )
}

export function DecisionFacts({ decision, network }: { decision: Decision; network: string }) {
  const { t } = useLingui()
  const members = useMembers(network)
  const named = (ids: string[]) => ids.map((id) => members.name(id) ?? t`a former member`).join('\n')
  return (
    <Facts
      facts={[
        [t`Decided`, decision.endorses ? t`Gives the puumerkki` : t`Declines`],
        [t`Version`, String(decision.version_number)],
        [t`Wording`, decision.wording],
        [
          t`Conditions`,
          decision.conditions.map((one) => `${one.text} (${t(enumLabels.MetWhen[one.when])})`).join('\n'),
        ],
        [t`Meeting`, <Link key="meeting" to={`meetings/${decision.meeting_id}`}>{t`Open the meeting`}</Link>],
        [t`Present`, members.known && named(decision.present_member_ids)],
        [t`Stood aside`, members.known && named(decision.stood_aside_member_ids)],
      ]}
    />
  )
}

/** When the network has read which version. */
export function Readings({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  if (handling.readings.length === 0) return null
  return (
    <section>
      <Heading variant="h2">{t`Readings`}</Heading>
      <ul>
        {handling.readings.map((one) => (
          <li key={one.id}>
            {t`Version ${one.version_number} was read on ${formatDay(one.read_on)}.`} {one.note}{' '}
            {one.meeting_id && <Link to={`meetings/${one.meeting_id}`}>{t`Open the meeting`}</Link>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The network's endorsement, with its conditions. */
export function EndorsementPanel({ endorsement }: { endorsement: Schemas['EndorsementPublic'] }) {
  const { t } = useLingui()
  return (
    <section>
      <Heading variant="h2">{t`Puumerkki`}</Heading>
      <p>
        <EndorsementStatus endorsement={endorsement} />
      </p>
      <Facts
        facts={[
          [
            t`Number`,
            <Link key="number" to={`endorsements/${endorsement.number}`}>
              {endorsement.number}
            </Link>,
          ],
          [t`Version`, String(endorsement.version_number)],
          [t`Given`, formatMoment(endorsement.issued_at)],
          [t`Status`, <EndorsementStatus key="status" endorsement={endorsement} />],
          [t`In force until`, lastDay(endorsement)],
          [t`Ended on`, formatMoment(endorsement.ended_at)],
          [t`Why it ended`, endedReason(t, endorsement.ended_reason)],
          [
            t`Conditions`,
            endorsement.conditions.length > 0 && <ConditionList key="conditions" of={endorsement.conditions} />,
          ],
        ]}
      />
    </section>
  )
}
