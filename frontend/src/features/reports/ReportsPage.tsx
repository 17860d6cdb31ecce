import { useLingui } from '@lingui/react/macro'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { enumLabels } from '../../lib/labels'
import { scopesOf, useMe } from '../../lib/me'
import { useMyOrganisations } from '../../lib/myOrganisations'
import { today } from '../../lib/today'
import { useFilters } from '../../lib/urlState'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { FiguresTable } from '../../ui/reports/FiguresTable'
import { ReportRows } from '../../ui/reports/ReportRows'
import { Section } from '../../ui/Section'

const YEARS = 10

/** All reports that one may know of, and their figures added up over years and agreements. */
export default function ReportsPage() {
  const { t } = useLingui()
  const me = useMe()
  const mine = useMyOrganisations('agreements:read') ?? []
  const [filters, change] = useFilters<'year' | 'state' | 'organisation'>()
  const year = filters.year ? Number(filters.year) : undefined
  const { organisation } = filters
  const state = filters.state as Schemas['ReportState'] | undefined
  const asked = { year, organisation, state, sort: '-year' } as const
  const list = query.useInfiniteQuery('get', '/api/v1/reports', { params: { query: asked } }, byCursor)
  const sums = query.useQuery('get', '/api/v1/reports/figures', { params: { query: { year, organisation } } }).data
  const newest = Number(today().slice(0, 4))
  const years = Array.from({ length: YEARS }, (_, back) => String(newest - back))
  return (
    <Page title={t`Reports`} lead={t`What was done and put in under agreements and grants, year by year.`}>
      {scopesOf(me, 'organisation', 'reports:write').length > 0 && (
        <Links>
          <Link to={`imports/new?kind=reports${organisation ? `&organisation=${organisation}` : ''}`}>
            {t`Import from a file`}
          </Link>
        </Links>
      )}
      <Filters label={t`Search reports`}>
        <Choose
          label={t`Year`}
          any={t`All years`}
          value={filters.year}
          options={years.map((one) => ({ value: one, label: one }))}
          onChange={(chosen) => change({ year: chosen })}
        />
        <Choose
          label={t`State`}
          any={t`All states`}
          value={filters.state}
          options={Object.entries(enumLabels.ReportState).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(chosen) => change({ state: chosen })}
        />
        {mine.length > 0 && (
          <Choose
            label={t`Who reports`}
            any={t`All`}
            value={organisation}
            options={mine.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(chosen) => change({ organisation: chosen })}
          />
        )}
      </Filters>
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/reports/export.{file_format}', asFile(format, asked))}
        empty={<Empty>{t`There is no report here. Reports are written on the page of an agreement or a grant.`}</Empty>}
      >
        {(reports) => <ReportRows of={reports} titled />}
      </PagedList>
      {sums && sums.reports > 0 && (
        <Section title={t`Added up`}>
          <p>{t`Submitted and accepted reports: ${sums.reports}`}</p>
          <FiguresTable sums={sums} />
        </Section>
      )}
    </Page>
  )
}
