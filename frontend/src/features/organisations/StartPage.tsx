import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { formatDay } from '../../lib/format'
import { textOf } from '../../lib/language'
import { useMe } from '../../lib/me'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Skeleton } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { StatusTag } from '../../ui/StatusTag'
import { TakeRole } from '../../ui/TakeRole'
import { Confirmation } from './components/Confirmation'
import { Frame, type Organisation } from './components/Frame'
import { mayKnow, mayManage } from './components/rights'

/** What an organisation that is new here does first, in order, and how far it is. */
export default function StartPage() {
  const { t } = useLingui()
  const me = useMe()
  return (
    <Frame>
      {(organisation) =>
        me === undefined || mayKnow(me, organisation.id) ? (
          <Begin organisation={organisation} />
        ) : (
          <Empty>{t`Only the organisation's own people see this.`}</Empty>
        )
      }
    </Frame>
  )
}

interface Step {
  id: string
  head: ReactNode
  done: boolean
  says: ReactNode
}

type Invitation = Schemas['NetworkInvitationPublic']

/** Where it is answered; while it cannot be, the network's own page. */
function toJoin(invitation: Invitation | undefined): string {
  if (!invitation) return 'networks'
  return `networks/${invitation.network_id}${invitation.answer_by ? '/members?state=invited' : ''}`
}

/** By which network, and by when it is to be answered, or why it cannot be answered yet. */
function Invited({ by }: { by: Invitation }) {
  const { t } = useLingui()
  const network = textOf(by.network_names)
  if (!by.answer_by) return t`Invited to: ${network}. You can answer once the organisation has been confirmed.`
  const day = formatDay(by.answer_by)
  return t`Invited to: ${network}. Answer on the network's page by ${day}.`
}

/** How far it is; undefined while that is on its way. */
function useProgress({ id, ...organisation }: Organisation) {
  const of = { path: { organisation_id: id }, query: { limit: 2 } }
  const tasks = query.useQuery('get', '/api/v1/tasks', {}).data?.items
  const networks = query.useQuery('get', '/api/v1/networks', { params: { query: { member: id, limit: 1 } } }).data
  const begun = { params: { query: { applicant: id, limit: 1 } } }
  const applications = query.useQuery('get', '/api/v1/applications', begun).data
  const people = query.useQuery('get', '/api/v1/organisations/{organisation_id}/people', { params: of }).data
  const offers = query.useQuery('get', '/api/v1/organisations/{organisation_id}/role-offers', { params: of }).data
  const invitations = query.useQuery('get', '/api/v1/organisations/{organisation_id}/network-invitations', {
    params: of,
  }).data
  if (!tasks || !networks || !invitations || !applications || !people || !offers) return undefined
  const waits = (kind: string) => tasks.find((one) => one.kind === kind && one.organisation_id === id)?.network_id
  const numbered = organisation.business_id ?? organisation.association_register_number
  const registered = organisation.legal_form !== 'unregistered_group'
  const described = Object.values(organisation.descriptions ?? {}).some(Boolean)
  const rules = waits('rulebook_acceptance')
  return {
    described: Boolean(organisation.home_municipality_code && described && (numbered || !registered)),
    invitation: invitations.items[0],
    joined: networks.items.length > 0,
    rules,
    accepted: networks.items.length > 0 && !rules,
    applied: applications.items.length > 0,
    several: people.items.length + offers.items.length > 1,
  }
}

function Begin({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const manages = mayManage(useMe(), organisation.id)
  const known = useProgress(organisation)
  if (!known) return <Skeleton />
  const steps: Step[] = [
    {
      id: 'facts',
      head: <Link to={`organisations/${organisation.id}/edit`}>{t`Fill in what the organisation is`}</Link>,
      done: known.described,
      says: <Trans>Its number, its home municipality, and what it does.</Trans>,
    },
    {
      id: 'network',
      head: <Link to={toJoin(known.invitation)}>{t`Join a network`}</Link>,
      done: known.joined,
      says: known.invitation ? (
        <Invited by={known.invitation} />
      ) : (
        <Trans>Choose the network of your field and ask to join.</Trans>
      ),
    },
    {
      id: 'rules',
      head: (
        <Link to={known.rules ? `networks/${known.rules}/rules` : 'networks'}>{t`Accept the network's rules`}</Link>
      ),
      done: known.accepted,
      says: <Trans>They say how the network handles an application and who votes.</Trans>,
    },
    {
      id: 'application',
      head: <Link to="applications/new">{t`Begin your first application`}</Link>,
      done: known.applied,
      says: <Trans>It is a draft that only your own people see until it is submitted.</Trans>,
    },
    {
      id: 'person',
      head: <Link to={`organisations/${organisation.id}/people`}>{t`Invite a second person`}</Link>,
      done: known.several,
      says: <Trans>Then the work does not stop when one is away, and two can check each other.</Trans>,
    },
  ]
  const next = steps.findIndex((one) => !one.done)
  return (
    <section>
      {!organisation.confirmed && <Confirmation organisation={organisation} />}
      <Heading variant="h2">{t`To begin with`}</Heading>
      {next === -1 && <p>{t`All of this is done.`}</p>}
      <Rows>
        {steps.map((one, at) => (
          <Row
            key={one.id}
            head={
              <>
                {at + 1}. {one.head}
              </>
            }
            status={
              one.done ? (
                <StatusTag tone="good">{t`Done`}</StatusTag>
              ) : (
                at === next && <StatusTag tone="warning">{t`Next`}</StatusTag>
              )
            }
          >
            <p>{one.says}</p>
          </Row>
        ))}
      </Rows>
      {manages && (
        <Links>
          <TakeRole organisation={organisation.id} taking="editor" />
          <TakeRole organisation={organisation.id} taking="signatory" />
        </Links>
      )}
      <Link to="work">{t`My work`}</Link>
    </section>
  )
}
