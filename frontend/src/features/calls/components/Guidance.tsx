import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Link as Anchor } from 'suomifi-ui-components'
import { query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { Row, Rows } from '../../../ui/Cards'
import { Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'

type Network = Schemas['CallNetwork']

/** What it takes to apply: which networks, by which day, for which of one's organisations. */
export function CallGuidance({ call }: { call: Schemas['CallPublic'] }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/next/calls/{call_id}', { params: { path: { call_id: call.id } } })
  return (
    <Loaded query={found}>
      {({ networks, needs }) => (
        <>
          <Section title={t`Before you apply`}>
            <Needed call={call} />
            {networks.length > 0 && (
              <Rows>
                {networks.map((one) => (
                  <OfNetwork key={one.id} network={one} />
                ))}
              </Rows>
            )}
          </Section>
          {needs.length > 0 && (
            <Section title={t`Needs that an application could answer`}>
              <ul>
                {needs.map((one) => (
                  <li key={one.id}>
                    <Link to={`needs/${one.id}`}>
                      <span lang={one.language}>{one.title}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </>
      )}
    </Loaded>
  )
}

/** What everybody needs, signed in or not. */
function Needed({ call }: { call: Schemas['CallPublic'] }) {
  const { t } = useLingui()
  return (
    <ul>
      <li>
        <Trans>
          Only a member that has accepted the rulebook can ask a network for its puumerkki. Joining takes time, so ask
          early.
        </Trans>
        <div>
          <Link to="networks">{t`Networks`}</Link>
        </div>
      </li>
      {call.partner_required && (
        <li>
          <Trans>The call asks for a partner: a municipality, wellbeing services county or state agency.</Trans>
        </li>
      )}
      <li>
        <Trans>The network needs time to answer before the call closes.</Trans>
      </li>
      {call.website && (
        <li>
          <Anchor href={call.website}>{t`The funder’s own page on the call`}</Anchor>
        </li>
      )}
    </ul>
  )
}

function OfNetwork({ network }: { network: Network }) {
  const { t } = useLingui()
  const by = formatDay(network.submit_by)
  const days = network.days ?? 0
  const required = network.required_by.map((one) => textOf(one)).join(', ')
  return (
    <Row
      head={
        <Link to={`networks/${network.id}`}>
          <Texts of={network.names} />
        </Link>
      }
      status={network.late ? <StatusTag tone="bad">{t`Too late for this call`}</StatusTag> : undefined}
      meta={[
        required && t`puumerkki required by ${required}`,
        days > 0 && t`${plural(days, { one: 'answers in # day at the most', other: 'answers in # days at the most' })}`,
      ]}
    >
      {by && (
        <p>
          {network.late ? (
            <Trans>The last day to submit was {by}.</Trans>
          ) : (
            <Trans>
              Submit by <strong>{by}</strong> so that the network has time to answer.
            </Trans>
          )}
        </p>
      )}
      {network.applicants.map((one) => (
        <Standing key={one.id} network={network.id} applicant={one} />
      ))}
    </Row>
  )
}

/** What one of the reader's organisations lacks in a network. */
function Standing({ network, applicant }: { network: string; applicant: Schemas['CallApplicant'] }) {
  const { t } = useLingui()
  const name = textOf(applicant.names)
  const says = {
    ready: t`${name}: a member, can submit.`,
    rulebook: t`${name}: a member, has not accepted the rulebook.`,
    requested: t`${name}: has asked to become a member.`,
    invited: t`${name}: is invited to become a member.`,
    outside: t`${name}: not a member.`,
    unconfirmed: t`${name}: waits to be confirmed. It can become a member after that.`,
  }[applicant.standing]
  const does = {
    ready: undefined,
    rulebook: { to: `networks/${network}/rules`, label: t`Read the rulebook` },
    requested: undefined,
    invited: { to: `networks/${network}/members?state=invited`, label: t`Answer the invitation` },
    outside: { to: `networks/${network}`, label: t`Ask for membership` },
    unconfirmed: undefined,
  }[applicant.standing]
  return (
    <p>
      {says} {does && <Link to={does.to}>{does.label}</Link>}
    </p>
  )
}
