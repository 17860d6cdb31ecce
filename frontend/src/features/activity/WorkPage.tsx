import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Heading, InlineAlert } from 'suomifi-ui-components'
import { query } from '../../api/client'
import { formatDay } from '../../lib/format'
import { taskLabel } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { Page } from '../../ui/Page'
import { StatusTag } from '../../ui/StatusTag'
import { Texts } from '../../ui/Texts'
import { useNarrowed } from './components/narrowing'
import { GROUPS, type Group, grouped, type Task } from './components/tasks'

const TITLES: Record<Group, MessageDescriptor> = {
  overdue: msg`Overdue`,
  week: msg`Due within a week`,
  later: msg`Due later`,
  undated: msg`Without a due day`,
}

/** The most that the API gives at once. */
const MOST = 200

export default function WorkPage() {
  const { t } = useLingui()
  const tasks = query.useQuery('get', '/api/v1/tasks', {})
  return (
    <Page title={t`My work`} lead={t`What waits for you in all your organisations and networks.`}>
      <Offered />
      <Places />
      <Loaded query={tasks}>{({ items }) => <Tasks all={items} />}</Loaded>
    </Page>
  )
}

/** Roles that one is offered count for nothing until they are accepted. */
function Offered() {
  const { t } = useLingui()
  const me = useMe()
  if (!me || me.role_offers.length === 0) return null
  return (
    <InlineAlert labelText={t`You are offered roles`}>
      <Link to="offers">{t`Accept or decline the roles`}</Link>
    </InlineAlert>
  )
}

function Tasks({ all }: { all: Task[] }) {
  const { t } = useLingui()
  const { shown, fields } = useNarrowed(all, {
    label: t`What is to be done`,
    kind: (one) => t(taskLabel(one.kind).label),
  })
  const [run] = scopesOf(useMe(), 'organisation', 'people:manage')
  if (all.length === 0)
    return (
      <Empty
        action={
          run ? (
            <Link to={`organisations/${run}/start`}>{t`Begin with the first steps`}</Link>
          ) : (
            <Link to="networks">{t`Look at the networks`}</Link>
          )
        }
      >
        <Trans>
          Nothing waits for you now. Ballots to vote in, points to mend, cases to prepare and rulebooks to accept appear
          here by themselves.
        </Trans>
      </Empty>
    )
  const groups = grouped(shown, new Date())
  return (
    <>
      {fields}
      {shown.length === 0 && <Empty>{t`Nothing of this kind waits for you there.`}</Empty>}
      {GROUPS.filter((group) => groups[group].length > 0).map((group) => (
        <section key={group} aria-label={t(TITLES[group])}>
          <Heading variant="h2">
            {t(TITLES[group])} ({groups[group].length})
          </Heading>
          <Rows>
            {groups[group].map((task) => (
              <One key={`${task.kind}-${task.subject.id}-${task.organisation_id}`} task={task} group={group} />
            ))}
          </Rows>
        </section>
      ))}
      {all.length === MOST && (
        <p>
          <Trans>These are the first {MOST}. Others appear when some of them are done.</Trans>
        </p>
      )}
    </>
  )
}

function One({ task, group }: { task: Task; group: Group }) {
  const { t } = useLingui()
  const { label, to } = taskLabel(task.kind)
  const due = formatDay(task.due_on)
  return (
    <Row
      head={
        <Link to={to(task)}>
          {t(label)}
          {task.title && ': '}
          <Texts of={task.title} />
        </Link>
      }
      status={group === 'overdue' ? <StatusTag tone="bad">{t`Overdue`}</StatusTag> : undefined}
      meta={[due && t`Due ${due}`, textOf(task.network_names), textOf(task.organisation_names)]}
    />
  )
}

/** Where this person's own lists are. */
function Places() {
  const { t } = useLingui()
  const me = useMe()
  const places = [
    { to: 'work/deadlines', label: t`Deadlines` },
    scopesOf(me, 'organisation', 'partner_requests:read').length > 0 && { to: 'inbox', label: t`Cases` },
    scopesOf(me, 'organisation', 'partner_requests:prepare', 'partner_requests:decide', 'gate_policies:manage').length >
      0 && {
      to: 'gate-policies',
      label: t`Gate policies`,
    },
    scopesOf(me, 'organisation', 'applications:read').length > 0 && {
      to: 'applications',
      label: t`My applications`,
    },
    ...scopesOf(me, 'network', 'networks:lead').map((id) => ({ to: `networks/${id}/work`, id, label: '' })),
  ].filter((one) => one !== false)
  return (
    <nav aria-label={t`My lists`}>
      <Links>
        {places.map((place) => (
          <Link key={place.to} to={place.to}>
            {'id' in place ? <NetworkWork id={place.id} /> : place.label}
          </Link>
        ))}
      </Links>
    </nav>
  )
}

function NetworkWork({ id }: { id: string }) {
  const { data } = query.useQuery('get', '/api/v1/networks/{network_id}', { params: { path: { network_id: id } } })
  const name = textOf(data?.names)
  return <Trans>Work of the network {name}</Trans>
}
