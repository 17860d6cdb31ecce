import { useLingui } from '@lingui/react/macro'
import { Navigate } from '@tanstack/react-router'
import { Heading, InlineAlert } from 'suomifi-ui-components'
import { query } from '../../api/client'
import { conditional } from '../../lib/endorsements'
import { formatDay, formatMoney, lastDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { toneOf } from '../../lib/tones'
import { useFilters, useParam } from '../../lib/urlState'
import { ContentView } from '../../ui/application/ContentView'
import { Attachments } from '../../ui/discussions/Attachments'
import { useAudiences } from '../../ui/discussions/audiences'
import { Comments } from '../../ui/discussions/Comments'
import { Points } from '../../ui/discussions/Points'
import { EndorsementStatus } from '../../ui/EndorsementStatus'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { inApp, Link } from '../../ui/Link'
import { Next } from '../../ui/next/Next'
import { OnDemand, part } from '../../ui/OnDemand'
import { Page } from '../../ui/Page'
import { byCursor } from '../../ui/PagedList'
import { Place } from '../../ui/Place'
import { StatusTag } from '../../ui/StatusTag'
import { Timeline } from '../../ui/Timeline'
import { Decisions, EndorsementPanel, Readings } from './components/Decisions'
import styles from './components/Handling.module.css'
import { HandlingTies } from './components/HandlingTies'
import type { Handling } from './components/handling'
import { Steps } from './components/Steps'

/** What only some handlings have. */
const later = part(() => import('./components/later'))

/** Votes are told to nobody before the ballot closes, so the turnout is asked for now and then. */
const BALLOT_MS = 10_000

const running = (handling: Handling | undefined) => handling?.ballot?.state === 'open'

export default function HandlingPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery(
    'get',
    '/api/v1/handlings/{handling_id}',
    { params: { path: { handling_id: id } } },
    { refetchInterval: ({ state }) => (running(state.data) ? BALLOT_MS : false) },
  )
  const [{ action }] = useFilters<'action'>()
  // what was returned is completed in the editor of its application
  if (found.data && action === 'complete') {
    const { path, hash } = inApp(`applications/${found.data.application_id}/edit#points`)
    return <Navigate to={path} hash={hash} replace />
  }
  if (found.data) return <Shown handling={found.data} />
  return (
    <Page title={t`Network's handling`}>
      <Loaded query={found}>{() => null}</Loaded>
    </Page>
  )
}

function Shown({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  const path = { handling_id: handling.id }
  const application = query.useQuery('get', '/api/v1/applications/{application_id}', {
    params: { path: { application_id: handling.application_id } },
  })
  const version = query.useQuery('get', '/api/v1/applications/{application_id}/versions/{number}', {
    params: { path: { application_id: handling.application_id, number: handling.version_number } },
  })
  const ballot = query.useQuery(
    'get',
    '/api/v1/handlings/{handling_id}/ballot',
    { params: { path } },
    { enabled: handling.ballot !== null, refetchInterval: running(handling) && BALLOT_MS },
  )
  const number = handling.endorsement_number
  const endorsement = query.useQuery(
    'get',
    '/api/v1/endorsements/{number}',
    { params: { path: { number: number ?? '' } } },
    { enabled: number !== null },
  )
  const timeline = query.useInfiniteQuery(
    'get',
    '/api/v1/handlings/{handling_id}/timeline',
    { params: { path } },
    byCursor,
  )
  const network = `networks/${handling.network_id}`
  const lang = application.data?.language
  return (
    <Page
      title={handling.title}
      lang={lang}
      crumbs={[
        { to: 'networks', label: t`Networks` },
        { to: network, label: textOf(handling.network_names) },
        { to: `${network}/work`, label: t`Handlings` },
      ]}
      status={
        <>
          <StatusTag tone={toneOf(handling.state)}>{t(enumLabels.HandlingState[handling.state])}</StatusTag>{' '}
          {number !== null && endorsement.data && conditional(endorsement.data) && (
            <EndorsementStatus endorsement={endorsement.data} />
          )}
        </>
      }
    >
      <div className={styles.page}>
        <Next kind="handling" id={handling.id} />
        <About handling={handling} />
        <Steps handling={handling} ballot={ballot.data} />
        {number !== null && <Loaded query={endorsement}>{(found) => <EndorsementPanel endorsement={found} />}</Loaded>}
        {handling.conditions_claim && (
          <Place id="claim">
            <OnDemand of={later}>{(of) => <of.Claim handling={handling} />}</OnDemand>
          </Place>
        )}
        {(handling.revocation || handling.prolongation) && (
          <OnDemand of={later}>{(of) => <of.Review handling={handling} />}</OnDemand>
        )}
        {handling.lapse_reason && <p>{t(enumLabels.LapseReason[handling.lapse_reason])}</p>}
        {handling.statement && <OnDemand of={later}>{(of) => <of.Statement handling={handling} />}</OnDemand>}
        {handling.ballot !== null && (
          <Place id="ballot">
            <Loaded query={ballot}>
              {(found) => <OnDemand of={later}>{(of) => <of.Ballot handling={handling} ballot={found} />}</OnDemand>}
            </Loaded>
          </Place>
        )}
        <Place id="ties">
          <HandlingTies handling={handling} />
        </Place>
        <Place id="decisions">
          <Decisions handling={handling} />
        </Place>
        <Readings handling={handling} />
        <section>
          <Heading variant="h2">{t`Application, version ${handling.version_number}`}</Heading>
          <p>
            <Link to={`applications/${handling.application_id}`}>{t`Open the application`}</Link>
          </p>
          <Loaded query={version}>{(found) => <ContentView content={found.content} lang={lang} />}</Loaded>
        </section>
        <Threads handling={handling} authorities={application.data?.authorities.map((one) => one.authority_id) ?? []} />
        <section>
          <Heading variant="h2">{t`What has happened`}</Heading>
          <Timeline query={timeline} />
        </section>
      </div>
    </Page>
  )
}

/** What is said about the handling, what is to be mended, what is attached. */
function Threads({ handling, authorities }: { handling: Handling; authorities: string[] }) {
  const { t } = useLingui()
  const on = { kind: 'handling', id: handling.id }
  const audiences = useAudiences({ networks: [handling.network_id], authorities })
  return (
    <>
      <section>
        <Heading variant="h2">{t`Points to mend`}</Heading>
        <Points on={on} />
      </section>
      <section>
        <Heading variant="h2">{t`Comments`}</Heading>
        <Comments on={on} audiences={audiences} />
      </section>
      <section>
        <Heading variant="h2">{t`Attachments`}</Heading>
        <Attachments on={on} audiences={audiences} />
      </section>
    </>
  )
}

function About({ handling }: { handling: Handling }) {
  const { t } = useLingui()
  const { rule } = handling
  const newer = handling.current_version !== null && handling.current_version > handling.version_number
  return (
    <>
      {newer && (
        <div className={styles.notice}>
          <InlineAlert labelText={t`There is a newer version`}>
            {t`This handling is of version ${handling.version_number}, the newest is ${handling.current_version}.`}{' '}
            <Link to={`applications/${handling.application_id}/versions`}>{t`Compare the versions`}</Link>
          </InlineAlert>
        </div>
      )}
      <Facts
        facts={[
          [
            t`Applicant`,
            <Link key="applicant" to={`organisations/${handling.applicant.id}`}>
              {textOf(handling.applicant.names)}
            </Link>,
          ],
          [t`Amount applied for`, formatMoney(handling.amount_cents)],
          [
            t`Asked to be partners`,
            handling.asks.map(({ names, asks }) => [textOf(names), asks].filter(Boolean).join(': ')).join('\n'),
          ],
          [
            t`Network`,
            <Link key="network" to={`networks/${handling.network_id}`}>
              {textOf(handling.network_names)}
            </Link>,
          ],
          [t`Decides by`, rule && t(enumLabels.DecisionMethod[rule.method])],
          [t`Received`, formatDay(handling.received_at)],
          [
            t`Led the handling, and has an interest of their own`,
            handling.interests
              .map((one) =>
                [
                  one.name ?? t`a former user`,
                  one.authority && t`works for an authority that is asked`,
                  one.umbrella && t`an applicant belongs to their organisation`,
                  one.same_call && t`their organisation applies to the same call`,
                ]
                  .filter(Boolean)
                  .join(' – '),
              )
              .join('\n'),
          ],
          [t`To be completed by`, formatDay(handling.answer_by)],
          [t`To be read by`, handling.decided_at === null && formatDay(handling.handle_by)],
          [
            t`Ballot opens automatically at the end of`,
            handling.ballot_opens_at !== null && formatDay(lastDay(handling.ballot_opens_at)),
          ],
          [t`Decided`, formatDay(handling.decided_at)],
          [handling.state === 'declined' ? t`Why declined` : t`Why back in review`, handling.reason],
        ]}
      />
    </>
  )
}
