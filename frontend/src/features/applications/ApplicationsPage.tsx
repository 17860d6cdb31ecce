import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { formatDay, formatMoney } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { useMyOrganisations } from '../../lib/myOrganisations'
import { toneOf } from '../../lib/tones'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Skeleton } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import { StatusTag } from '../../ui/StatusTag'

/** Stands in the address for all that the person may see, other organisations' applications in their networks too. */
const ALL = 'all'

export default function ApplicationsPage() {
  const { t } = useLingui()
  const me = useMe()
  const mine = useMyOrganisations('applications:read')
  const [{ applicant }] = useFilters<'applicant'>()
  const writes = scopesOf(me, 'organisation', 'applications:write')
  const whose = applicant && writes.includes(applicant) ? `&organisation=${applicant}` : ''
  return (
    <Page title={t`Applications`}>
      <Links>
        <Link to="applications/new">{t`Begin an application`}</Link>
        {writes.length > 0 && <Link to={`imports/new?kind=applications${whose}`}>{t`Import from a file`}</Link>}
      </Links>
      {mine === undefined ? <Skeleton lines={6} /> : <List mine={mine} />}
    </Page>
  )
}

function List({ mine }: { mine: { id: string; name: string }[] }) {
  const { t } = useLingui()
  const [filters, change] = useFilters<'q' | 'state' | 'applicant'>()
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  const chosen = filters.applicant ?? mine[0]?.id ?? ALL
  const asked = {
    q: filters.q,
    state: filters.state as Schemas['ApplicationState'] | undefined,
    applicant: chosen === ALL ? undefined : chosen,
  }
  const list = query.useInfiniteQuery('get', '/api/v1/applications', { params: { query: asked } }, byCursor)
  const narrowed = Boolean(filters.q || filters.state)
  return (
    <>
      <Filters label={t`Search applications`}>
        <Search label={t`Search by name`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`Applicant`}
          any={t`All that you may see`}
          value={chosen === ALL ? undefined : chosen}
          options={mine.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(value) => change({ applicant: value ?? ALL })}
        />
        <Choose
          label={t`State`}
          any={t`All states`}
          value={filters.state}
          options={Object.entries(enumLabels.ApplicationState).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(value) => change({ state: value })}
        />
      </Filters>
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/applications/export.{file_format}', asFile(format, asked))}
        empty={
          narrowed ? (
            <Empty>{t`No application matches. Try fewer words or another state.`}</Empty>
          ) : (
            <Empty action={<Link to="applications/new">{t`Begin an application`}</Link>}>
              {t`There is no application yet. Here you prepare them together, ask networks and authorities, and follow what comes of them.`}
            </Empty>
          )
        }
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.id}
                head={<Link to={`applications/${one.id}`}>{one.title}</Link>}
                status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.ApplicationState[one.state])}</StatusTag>}
                meta={[
                  textOf(one.applicant.names),
                  formatMoney(one.amount_cents),
                  one.current_version !== null && t`version ${one.current_version}`,
                  t`changed ${formatDay(one.updated_at)}`,
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </>
  )
}
