import { Trans, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { formatDay, formatMoment } from '../../../lib/format'
import { waits } from '../../../lib/gate'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { type Tone, toneOf } from '../../../lib/tones'
import { Row, Rows } from '../../../ui/Cards'
import { ConditionList } from '../../../ui/Conditions'
import { Facts } from '../../../ui/Facts'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'
import { RequirementActions } from './RequirementActions'

type Of = Schemas['RequirementPublic']

const TONES: Record<Schemas['RequirementStatus'], Tone> = {
  met: 'good',
  carried: 'warning',
  conditions_open: 'warning',
  expired: 'warning',
  missing: 'warning',
  waived: 'info',
  released: 'neutral',
}

/** One required puumerkki: of which networks, how it stands, why it is required, and what can be done. */
export function Requirement({ of, request }: { of: Of; request: Schemas['PartnerRequestPublic'] }) {
  const { t } = useLingui()
  const open = of.endorsement?.open_conditions ?? of.networks.flatMap((one) => one.endorsement_conditions)
  const names = new Map(of.networks.map((one) => [one.id, textOf(one.names)]))
  return (
    <Rows>
      <Row
        head={of.networks.map((one) => textOf(one.names)).join(' / ')}
        status={<StatusTag tone={TONES[of.standing]}>{t(enumLabels.RequirementStatus[of.standing])}</StatusTag>}
      >
        {of.networks.length > 1 && waits(of) && (
          <p>
            <Trans>The puumerkki of one of these networks is enough.</Trans>
          </p>
        )}
        <Facts
          facts={[
            [t`Conditions not yet met`, open.length > 0 && <ConditionList key="conditions" of={open} />],
            [t`Networks`, of.networks.map((one) => <Network key={one.id} of={one} />)],
            [t`The case is based on`, of.endorsement && <Endorsement of={of.endorsement} />],
            [t`Why it is required`, t(enumLabels.GateCause[of.cause])],
            [t`The officer’s reason`, of.brought_reason],
            [t`Authority’s grounds`, of.policy?.reason && <Texts of={of.policy.reason} notice />],
            [t`Decision on the requirement`, of.policy && decisionOf(of.policy)],
            [
              t`Released`,
              of.release &&
                `${formatMoment(of.release.released_at)}: ${t(enumLabels.ReleaseGround[of.release.ground])}. ${of.release.reason}`,
            ],
            [
              t`Waived`,
              of.waiver &&
                `${[of.waiver.body, formatDay(of.waiver.decided_on), of.waiver.section].join(', ')}: ${t(
                  enumLabels.WaiverGround[of.waiver.ground],
                )}. ${of.waiver.reason}`,
            ],
            ...(of.waiver?.network_views ?? []).map(
              (one) => [`${t`The network’s view`}: ${names.get(one.network_id) ?? ''}`, one.view] as [string, string],
            ),
          ]}
        />
        <Next of={of} request={request} />
        <RequirementActions of={of} request={request} />
      </Row>
    </Rows>
  )
}

const decisionOf = (policy: Schemas['PolicyNamed']) =>
  [policy.decided_by_body, formatDay(policy.decided_on), policy.decision_section].filter(Boolean).join(', ')

function Network({ of }: { of: Schemas['NetworkAsked'] }) {
  const { t } = useLingui()
  const heard = formatDay(of.revocation_heard_until)
  return (
    <div>
      <Link to={`networks/${of.id}`}>
        <Texts of={of.names} />
      </Link>{' '}
      {of.handling_id && of.handling_state && (
        <>
          <Link to={`handlings/${of.handling_id}`}>{t`Handling in the network`}</Link>{' '}
          <StatusTag tone={toneOf(of.handling_state)}>{t(enumLabels.HandlingState[of.handling_state])}</StatusTag>
        </>
      )}
      {of.endorsement_number && (
        <p>
          <Link to={`endorsements/${of.endorsement_number}`}>{of.endorsement_number}</Link>,{' '}
          {t`last day of validity ${formatDay(of.endorsement_valid_until)}`}
        </p>
      )}
      {of.revocation_heard_until && (
        <p>
          <StatusTag tone="warning">{t`Being considered for revocation`}</StatusTag>{' '}
          {t`The applicant is heard until ${heard}.`}
        </p>
      )}
      {!of.can_answer && <StatusTag tone="warning">{t`Cannot give a puumerkki now`}</StatusTag>}
    </div>
  )
}

function Endorsement({ of }: { of: Schemas['EndorsementStoodOn'] }) {
  const { t } = useLingui()
  const carries = of.carries_until && t`carries the decision until ${formatDay(of.carries_until)}`
  return (
    <p>
      <Link to={`endorsements/${of.number}`}>{of.number}</Link>
      {', '}
      {[t`last day of validity ${formatDay(of.valid_until)}`, carries].filter(Boolean).join(', ')}
    </p>
  )
}

const UNDER_WAY: Schemas['HandlingState'][] = ['received', 'in_review', 'returned', 'in_ballot']

/** What to do where the requirement is not met. */
function Next({ of, request }: { of: Of; request: Schemas['PartnerRequestPublic'] }) {
  if (!waits(of) || ['decided', 'withdrawn'].includes(request.state)) return null
  const handling = of.networks.some((one) => one.handling_state && UNDER_WAY.includes(one.handling_state))
  const asked = of.networks.some((one) => one.handling_id !== null)
  if (of.networks.every((one) => !one.can_answer))
    return (
      <p>
        <Trans>None of the networks can give a puumerkki now. A decision-maker of the authority can waive it.</Trans>
      </p>
    )
  if (of.standing === 'conditions_open')
    return (
      <p>
        <Trans>The applicant meets the conditions, and the network confirms that they are met.</Trans>
      </p>
    )
  if (of.standing === 'expired')
    return (
      <p>
        <Trans>The network can give a new puumerkki.</Trans>
      </p>
    )
  return (
    <p>
      {handling ? (
        <Trans>The network is handling the application.</Trans>
      ) : asked ? (
        <Trans>The network has received the application. The status of its review is shown beside the network.</Trans>
      ) : (
        <Trans>The applicant asks the network for it by submitting a new version to the network.</Trans>
      )}
    </p>
  )
}
