import { useLingui } from '@lingui/react/macro'
import { Block, Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { language } from '../../lib/language'
import { scopesOf, useMe, useSignedIn } from '../../lib/me'
import { useMunicipalities } from '../../lib/municipalities'
import { useTargetGroups } from '../../lib/targetGroups'
import { toneOf } from '../../lib/tones'
import { useParam } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Facts } from '../../ui/Facts'
import { Empty, Loaded } from '../../ui/Feedback'
import { Follow } from '../../ui/Follow'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { StatusTag } from '../../ui/StatusTag'
import { OnlyIn, Texts } from '../../ui/Texts'
import { Steps } from './components/Steps'

export default function NeedPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/needs/{need_id}', { params: { path: { need_id: id } } })
  const need = found.data
  return (
    <Page
      title={need?.title ?? t`Need`}
      lang={need?.language}
      crumbs={[{ to: 'needs', label: t`Needs` }]}
      status={need && <StatusTag tone={toneOf(need.state)}>{t(enumLabels.NeedState[need.state])}</StatusTag>}
    >
      <Loaded query={found}>{(shown) => <Need need={shown} />}</Loaded>
    </Page>
  )
}

function Need({ need }: { need: Schemas['NeedDetails'] }) {
  const { t } = useLingui()
  const known = useSignedIn()
  const me = useMe()
  const municipalities = useMunicipalities()
  const groups = useTargetGroups()
  const answerable = need.state === 'agreed' || need.state === 'being_met'
  const written = (text: string | null) =>
    text && (
      <span lang={need.language} style={{ whiteSpace: 'pre-line' }}>
        {text}
      </span>
    )
  return (
    <>
      <Block mb="m">
        {need.language !== language() && <OnlyIn lang={need.language} />}
        {written(need.description)}
      </Block>
      <Facts
        facts={[
          [t`How it is known`, written(need.evidence)],
          [t`Municipality`, municipalities.name(need.municipality_code)],
          [t`Area`, need.area_names && <Texts of={need.area_names} />],
          [t`Target groups`, need.target_groups.map(groups.name).join(', ')],
          [
            t`Network`,
            <Link key="network" to={`networks/${need.network_id}`}>
              <Texts of={need.network_names} />
            </Link>,
          ],
          [
            t`Raised for`,
            need.raised_for_organisation_id && (
              <Link to={`organisations/${need.raised_for_organisation_id}`}>
                <Texts of={need.raised_for_names} />
              </Link>
            ),
          ],
          [t`Raised on`, formatDay(need.created_at)],
          [t`Agreed on`, formatDay(need.agreed_at)],
          [t`Why it was let go`, written(need.closing_note)],
        ]}
      />
      <Follow kind="need" id={need.id} />
      <Steps need={need} />
      {need.editable && (
        <p>
          <Link to={`needs/${need.id}/edit`}>{t`Change the need`}</Link>
        </p>
      )}
      {answerable && scopesOf(me, 'organisation', 'applications:write').length > 0 && (
        <p>
          <Link to={`applications/new?need=${need.id}`}>{t`Begin an application that answers this need`}</Link>
        </p>
      )}
      {known && <Applications need={need.id} />}
    </>
  )
}

/** The applications that answer the need, as far as the reader may know of them. */
function Applications({ need }: { need: string }) {
  const { t } = useLingui()
  const list = query.useInfiniteQuery('get', '/api/v1/applications', { params: { query: { need } } }, byCursor)
  return (
    <section>
      <Heading variant="h2">{t`Applications that answer it`}</Heading>
      <PagedList query={list} empty={<Empty>{t`There is none that you may see.`}</Empty>}>
        {(applications) => (
          <Rows>
            {applications.map((one) => (
              <Row
                key={one.id}
                head={<Link to={`applications/${one.id}`}>{one.title}</Link>}
                status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.ApplicationState[one.state])}</StatusTag>}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </section>
  )
}
