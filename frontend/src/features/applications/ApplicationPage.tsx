import { Trans, useLingui } from '@lingui/react/macro'
import { Heading, InlineAlert } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { formatDay, formatMoney, lastDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { language, textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { toneOf } from '../../lib/tones'
import { useParam } from '../../lib/urlState'
import { AgreementStatus } from '../../ui/AgreementStatus'
import { ContentView } from '../../ui/application/ContentView'
import { Row, Rows } from '../../ui/Cards'
import { Attachments } from '../../ui/discussions/Attachments'
import { useAudiences } from '../../ui/discussions/audiences'
import { Comments } from '../../ui/discussions/Comments'
import { Points } from '../../ui/discussions/Points'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Next } from '../../ui/next/Next'
import { Page } from '../../ui/Page'
import { byCursor } from '../../ui/PagedList'
import { Place } from '../../ui/Place'
import { Section } from '../../ui/Section'
import { StatusTag } from '../../ui/StatusTag'
import { Timeline } from '../../ui/Timeline'
import { AcceptAfterAll } from './components/AcceptAfterAll'
import { CoApplicants } from './components/CoApplicants'
import { Filings } from './components/Filings'
import { writersOf } from './components/writers'
import { ApplicationActions } from './page/ApplicationActions'
import { StatusPanel } from './page/StatusPanel'

type Application = Schemas['ApplicationPublic']

/** One application: where it stands with everybody, what it says, and what is said about it. */
export default function ApplicationPage() {
  const id = useParam('id')
  const path = { application_id: id }
  const application = query.useQuery('get', '/api/v1/applications/{application_id}', { params: { path } })
  return (
    <>
      <Loaded query={application}>{(found) => <Shown application={found} />}</Loaded>
      {application.error !== null && <AcceptAfterAll application={id} error={application.error} />}
    </>
  )
}

function Shown({ application }: { application: Application }) {
  const { t } = useLingui()
  const me = useMe()
  const applicants = [application.applicant, ...application.co_applicants]
  const edits = scopesOf(me, 'organisation', 'applications:write')
  const mayEdit = application.working_copy && writersOf(application).some((one) => edits.includes(one.id))
  const title = application.title || t`Application without a name`
  return (
    <Page
      title={title}
      lang={application.title ? application.language : undefined}
      crumbs={[{ to: 'applications', label: t`Applications` }]}
      status={
        <StatusTag tone={toneOf(application.state)}>{t(enumLabels.ApplicationState[application.state])}</StatusTag>
      }
      lead={applicants.map((one) => textOf(one.names)).join(', ')}
    >
      <Next kind="application" id={application.id} />
      <WhichVersion application={application} mayEdit={mayEdit} />
      <Place id="co-applicants">
        <CoApplicants application={application} />
      </Place>
      <ApplicationActions application={application} mayEdit={mayEdit} />
      <Agreements application={application} />
      <StatusPanel application={application} />
      <Place id="filings">
        <Filings application={application} />
      </Place>
      <Section title={t`The application`}>
        <AboutIt application={application} />
        <ContentView
          content={application.content}
          lang={application.language === language() ? undefined : application.language}
        />
      </Section>
      <Discussion application={application} />
    </Page>
  )
}

/**
 * The agreements that grew from the application, as far as one knows of them. Once an authority has decided, an
 * applicant or that authority drafts one.
 */
function Agreements({ application }: { application: Application }) {
  const { t } = useLingui()
  const me = useMe()
  const found = query.useQuery('get', '/api/v1/agreements', { params: { query: { application: application.id } } })
  const known = found.data?.items ?? []
  const decided = application.authorities.filter((one) => one.partner_request?.state === 'decided')
  const applicants = [application.applicant, ...application.co_applicants]
  const parties = [...applicants.map((one) => one.id), ...decided.map((one) => one.authority_id)]
  const drafts = scopesOf(me, 'organisation', 'agreements:write').some((id) => parties.includes(id))
  const begins = application.state === 'active' && decided.length > 0 && drafts && (
    <p>
      <Link to={`agreements/new?application=${application.id}`}>{t`Draft an agreement`}</Link>
    </p>
  )
  if (known.length === 0) return begins || null
  return (
    <Section title={t`Agreements that grew from it`}>
      <Rows>
        {known.map((one) => (
          <Row
            key={one.id}
            head={
              <Link to={`agreements/${one.id}`}>
                <span lang={one.language}>{one.title}</span>
              </Link>
            }
            status={<AgreementStatus of={one} />}
            meta={[one.parties.map((party) => textOf(party.names)).join(', ')]}
          />
        ))}
      </Rows>
      {begins}
    </Section>
  )
}

/** What one looks at: what others see, or what is still being written. */
function WhichVersion({ application, mayEdit }: { application: Application; mayEdit: boolean }) {
  const { t } = useLingui()
  const { current_version: version, working_copy, id } = application
  if (version === null)
    return (
      <InlineAlert labelText={t`Nobody but the applicants sees this draft`}>
        <Trans>Networks and authorities see it once it is submitted.</Trans>
      </InlineAlert>
    )
  return (
    <p>
      {working_copy ? (
        <Trans>This is the applicants’ working copy. Others see version {version}, exactly as it was submitted.</Trans>
      ) : (
        <Trans>This is version {version}, exactly as it was submitted.</Trans>
      )}{' '}
      {mayEdit && <Trans>It can still be changed: a new version goes to the same networks and authorities.</Trans>}{' '}
      <Link to={`applications/${id}/versions`}>{t`Versions and their differences`}</Link>
    </p>
  )
}

function AboutIt({ application }: { application: Application }) {
  const { t } = useLingui()
  const call = query.useQuery(
    'get',
    '/api/v1/calls/{call_id}',
    { params: { path: { call_id: application.call_id ?? '' } } },
    { enabled: application.call_id !== null },
  ).data
  // while it is written: the day that leaves the networks their time
  const next = query.useQuery(
    'get',
    '/api/v1/next/{kind}/{key}',
    { params: { path: { kind: 'application', key: application.id } } },
    { enabled: application.state === 'draft' && application.call_id !== null },
  ).data
  const persons = application.private?.contact_persons ?? []
  return (
    <Facts
      facts={[
        [t`Call`, call && <Link to={`calls/${call.id}`}>{textOf(call.names)}</Link>],
        [t`Submit by`, application.state === 'draft' && formatDay(next?.step.day)],
        [t`The call closes`, call && formatDay(lastDay(call.closes_at))],
        [t`Applied for`, formatMoney(application.amount_cents)],
        [
          t`Needs`,
          application.needs.length > 0 && (
            <ul>
              {application.needs.map((need) => (
                <li key={need.id}>
                  <Link to={`needs/${need.id}`}>{need.title}</Link>
                </li>
              ))}
            </ul>
          ),
        ],
        [
          t`Contact persons`,
          persons.map((one) => [one.name, one.role, one.email, one.phone].filter(Boolean).join(', ')).join('; '),
        ],
        [t`Continues`, application.continues_id && <Before id={application.continues_id} />],
      ]}
    />
  )
}

function Before({ id }: { id: string }) {
  const { t } = useLingui()
  return <Link to={`applications/${id}`}>{t`The application before`}</Link>
}

function Discussion({ application }: { application: Application }) {
  const { t } = useLingui()
  const on = { kind: 'application', id: application.id }
  const audiences = useAudiences({
    networks: application.networks.map((one) => one.network_id),
    authorities: application.authorities.map((one) => one.authority_id),
  })
  const timeline = query.useInfiniteQuery(
    'get',
    '/api/v1/applications/{application_id}/timeline',
    { params: { path: { application_id: application.id } } },
    byCursor,
  )
  const handled = application.networks.filter((one) => one.handling !== null)
  return (
    <>
      {handled.length > 0 && (
        <Section title={t`Points to mend`}>
          {handled.map((one) => (
            <div key={one.network_id}>
              {handled.length > 1 && <Heading variant="h3">{textOf(one.names)}</Heading>}
              <Points on={{ kind: 'handling', id: one.handling?.id ?? '' }} />
            </div>
          ))}
        </Section>
      )}
      <Section title={t`Files`}>
        <Attachments on={on} audiences={audiences} />
      </Section>
      <Section title={t`Comments`}>
        <Comments on={on} audiences={audiences} />
      </Section>
      <Section title={t`What has happened`}>
        <Timeline query={timeline} />
      </Section>
    </>
  )
}
