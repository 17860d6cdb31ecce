import { Trans, useLingui } from '@lingui/react/macro'
import { problemOf, query, type Schemas } from '../../api/client'
import { formatDay, formatMoment, lastDay } from '../../lib/format'
import { endorsed } from '../../lib/gate'
import { scopesOf, useMe } from '../../lib/me'
import { useParam } from '../../lib/urlState'
import { CaseStatus } from '../../ui/CaseStatus'
import { Attachments } from '../../ui/discussions/Attachments'
import { useAudiences } from '../../ui/discussions/audiences'
import { Comments } from '../../ui/discussions/Comments'
import { Facts } from '../../ui/Facts'
import { Failure, Skeleton } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Next } from '../../ui/next/Next'
import { Page } from '../../ui/Page'
import { byCursor } from '../../ui/PagedList'
import { Place } from '../../ui/Place'
import { Section } from '../../ui/Section'
import { Texts } from '../../ui/Texts'
import { Timeline } from '../../ui/Timeline'
import { CaseActions } from './components/CaseActions'
import { Decisions } from './components/Decision'
import { DecisionReview } from './components/DecisionReview'
import { Gate } from './components/Gate'
import { Proposal } from './components/Proposal'
import { RequestTies } from './components/RequestTies'
import { Supplements } from './components/Supplements'
import { Version } from './components/Version'

export default function CasePage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/partner-requests/{request_id}', { params: { path: { request_id: id } } })
  if (found.data) return <Case of={found.data} />
  if (found.error && [404, 422].includes(problemOf(found.error).status))
    return (
      <Page title={t`There is no such case`}>
        <p>
          <Trans>
            It may not be open to you: the authority, the applicants and the networks that handle the application see
            it.
          </Trans>
        </p>
        <Link to="work">{t`My work`}</Link>
      </Page>
    )
  return (
    <Page title={t`Case`}>
      {found.error ? <Failure error={found.error} retry={found.refetch} /> : <Skeleton lines={8} />}
    </Page>
  )
}

function Case({ of }: { of: Schemas['PartnerRequestPublic'] }) {
  const { t } = useLingui()
  const me = useMe()
  const theirs = scopesOf(me, 'organisation', 'partner_requests:read').includes(of.authority.id)
  const subject = { kind: 'partner_request', id: of.id }
  const audiences = useAudiences({
    networks: of.requirements.flatMap((one) => one.networks).map((one) => one.id),
    authorities: [of.authority.id],
  })
  const timeline = query.useInfiniteQuery(
    'get',
    '/api/v1/partner-requests/{request_id}/timeline',
    { params: { path: { request_id: of.id } } },
    byCursor,
  )
  return (
    <Page
      title={of.title}
      crumbs={[
        theirs ? { to: 'inbox', label: t`Cases` } : { to: `applications/${of.application_id}`, label: t`Application` },
      ]}
      status={<CaseStatus state={of.state} endorsed={endorsed(of.requirements)} />}
    >
      <Next kind="partner_request" id={of.id} />
      <Facts
        facts={[
          [t`Case number`, of.case_number],
          [
            t`Authority`,
            <Link key="authority" to={`organisations/${of.authority.id}`}>
              <Texts of={of.authority.names} />
            </Link>,
          ],
          [
            t`Applicants`,
            of.applicants.map((one, place) => (
              <span key={one.id}>
                {place > 0 && ', '}
                <Link to={`organisations/${one.id}`}>
                  <Texts of={one.names} />
                </Link>
              </span>
            )),
          ],
          [t`Arrived`, formatMoment(of.arrived_at)],
          [t`The call closes`, of.call_closes_at && formatDay(lastDay(of.call_closes_at))],
          [t`Officer who prepares the case`, of.preparer && (of.preparer.name ?? t`a former user`)],
          [t`To be decided by`, formatDay(of.decide_by)],
          [t`What is asked of the authority`, of.asks],
          [
            t`Prepared the case, and led the handling in the network`,
            of.two_hats.map((one) => one.name ?? t`a former user`).join('\n'),
          ],
        ]}
      />
      <Place id="look-at">
        <DecisionReview of={of} />
      </Place>
      <Gate of={of} />
      <Place id="proposal">
        <Proposal of={of} />
      </Place>
      <CaseActions of={of} />
      <Place id="decision">
        <Decisions now={of.decision} former={of.former_decisions} />
      </Place>
      <Supplements of={of.supplements} />
      <Place id="ties">
        <RequestTies id={of.id} />
      </Place>
      <Version application={of.application_id} number={of.version_number} />
      <Section title={t`Comments`}>
        <Comments on={subject} audiences={audiences} />
      </Section>
      <Section title={t`Files`}>
        <Attachments on={subject} audiences={audiences} />
      </Section>
      <Section title={t`What has happened`}>
        <Timeline query={timeline} />
      </Section>
    </Page>
  )
}
