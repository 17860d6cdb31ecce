import { useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../api/client'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { scopesOf, useMe } from '../../lib/me'
import { useParam } from '../../lib/urlState'
import { AgreementStatus } from '../../ui/AgreementStatus'
import { Attachments } from '../../ui/discussions/Attachments'
import { Comments } from '../../ui/discussions/Comments'
import { Facts } from '../../ui/Facts'
import { Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Next } from '../../ui/next/Next'
import { Page } from '../../ui/Page'
import { byCursor } from '../../ui/PagedList'
import { Place } from '../../ui/Place'
import { Reported } from '../../ui/reports/Reported'
import { Section } from '../../ui/Section'
import { Timeline } from '../../ui/Timeline'
import { type Agreement, periodOf } from './components/agreement'
import { SECTIONS } from './components/labels'
import { AgreementActions } from './page/AgreementActions'
import { AgreementText } from './page/AgreementText'
import { Contacts } from './page/Contacts'
import { Duties } from './page/Duties'
import { KeepTemplate } from './page/KeepTemplate'
import { Parties } from './page/Parties'
import { StatusPanel } from './page/StatusPanel'
import { Versions } from './page/Versions'

/** One agreement: where it stands, what it says, who has signed which version, and what is said about it. */
export default function AgreementPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const path = { agreement_id: id }
  const found = query.useQuery('get', '/api/v1/agreements/{agreement_id}', { params: { path } })
  const known = found.data
  const listed = query.useQuery(
    'get',
    '/api/v1/agreements/{agreement_id}/versions',
    { params: { path } },
    { enabled: known !== undefined },
  )
  const versions = listed.data?.items ?? []
  // the agreement itself holds what somebody is writing
  const signed = versions.find((one) => one.number === known?.version_in_force)
  return (
    <Page
      title={known?.title ?? t`Agreement`}
      lang={known?.language}
      crumbs={[{ to: 'agreements', label: t`Agreements` }]}
      status={known && <AgreementStatus of={{ state: known.state, starts_on: signed?.starts_on ?? known.starts_on }} />}
      lead={known && t(enumLabels.AgreementKind[known.kind])}
    >
      <Loaded query={found}>
        {(agreement) => <Found agreement={agreement} versions={versions} signed={signed} />}
      </Loaded>
    </Page>
  )
}

type Version = Schemas['AgreementVersionPublic']

/** `signed`: the version that all parties signed last. */
function Found({
  agreement,
  versions,
  signed,
}: {
  agreement: Agreement
  versions: Version[]
  signed: Version | undefined
}) {
  const { t } = useLingui()
  const said = signed ?? agreement
  const newest = agreement.current_version ?? 0
  return (
    <>
      <Next kind="agreement" id={agreement.id} />
      <StatusPanel agreement={agreement} />
      <AgreementActions agreement={agreement} next={Math.max(versions[0]?.number ?? 0, newest) + 1} />
      <Facts
        facts={[
          [t`Period`, periodOf(said)],
          [t`Signed version`, agreement.version_in_force],
          [t`Confirmed for the year`, agreement.confirmed_year],
          [
            t`Goes on from`,
            agreement.renews_id && <Link to={`agreements/${agreement.renews_id}`}>{t`the agreement before`}</Link>,
          ],
          [
            t`Continued by`,
            agreement.renewed_by_id && (
              <Link to={`agreements/${agreement.renewed_by_id}`}>{t`the next agreement`}</Link>
            ),
          ],
          [t`Last day after the termination`, formatDay(agreement.ended_on)],
          [t`Why it was given up`, agreement.ending_reason],
          [
            t`Grown from`,
            agreement.application_id && (
              <Link to={`applications/${agreement.application_id}`}>{t`an application`}</Link>
            ),
          ],
        ]}
      />
      <Section title={t`Parties and signatures`}>
        <Parties agreement={agreement} versions={versions} />
      </Section>
      <Place id="duties">
        <Duties agreement={agreement} />
      </Place>
      <AgreementText agreement={agreement} versions={versions} />
      <KeepTemplate agreement={agreement} />
      <Reported on={{ kind: 'agreement', id: agreement.id }} />
      <Contacts agreement={agreement} />
      {versions.length > 0 && (
        <Section title={t`Versions`}>
          <Versions agreement={agreement} versions={versions} />
        </Section>
      )}
      <Discussion agreement={agreement} />
    </>
  )
}

function Discussion({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui()
  const on = { kind: 'agreement', id: agreement.id }
  const speaks = scopesOf(useMe(), 'organisation', 'discussions:write')
  const audiences = agreement.parties.some((one) => speaks.includes(one.id)) ? (['applicants'] as const) : []
  const parts = Object.entries(SECTIONS).map(([value, name]) => ({ value, label: t(name) }))
  const timeline = query.useInfiniteQuery(
    'get',
    '/api/v1/agreements/{agreement_id}/timeline',
    { params: { path: { agreement_id: agreement.id } } },
    byCursor,
  )
  return (
    <>
      <Section title={t`Files`}>
        <Attachments on={on} audiences={[...audiences]} />
      </Section>
      <Section title={t`Comments`}>
        <Comments on={on} audiences={[...audiences]} parts={parts} />
      </Section>
      <Section title={t`What has happened`}>
        <Timeline query={timeline} />
      </Section>
    </>
  )
}
