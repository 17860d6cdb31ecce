import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { EndorsementStatus, useEndorsementTime } from '../../ui/EndorsementStatus'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { NetworkPicker } from '../../ui/NetworkPicker'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'

const YEARS = 8

export default function EndorsementsPage() {
  const { t } = useLingui()
  const timeOf = useEndorsementTime()
  const [filters, change] = useFilters<'q' | 'network' | 'year' | 'state'>()
  const asked = {
    q: filters.q,
    network: filters.network,
    year: filters.year ? Number(filters.year) : undefined,
    state: filters.state as Schemas['EndorsementStatus'] | undefined,
  }
  const list = query.useInfiniteQuery('get', '/api/v1/endorsements', { params: { query: asked } }, byCursor)
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  const thisYear = new Date().getFullYear()
  const years = Array.from({ length: YEARS }, (_, back) => String(thisYear - back))
  return (
    <Page
      title={t`Register of puumerkki`}
      lead={t`Every endorsement that a network has given, whether or not the application got its funding.`}
    >
      <Filters label={t`Search the register`}>
        <Search label={t`Number, application or applicant`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`Status`}
          any={t`Any status`}
          value={filters.state}
          options={Object.entries(enumLabels.EndorsementStatus).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(state) => change({ state })}
        />
        <Choose
          label={t`Year of issue`}
          any={t`All years`}
          value={filters.year}
          options={years.map((year) => ({ value: year, label: year }))}
          onChange={(year) => change({ year })}
        />
        <NetworkPicker
          label={t`Network`}
          name="network"
          value={filters.network}
          onChange={(network) => change({ network })}
        />
      </Filters>
      <p>
        <Link to="check">{t`Check a puumerkki by its number or file`}</Link>
      </p>
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/endorsements/export.{file_format}', asFile(format, asked))}
        empty={<Empty>{t`No puumerkki matches. Try fewer words, another year or another network.`}</Empty>}
      >
        {(endorsements) => (
          <Rows>
            {endorsements.map((endorsement) => (
              <Row
                key={endorsement.id}
                head={
                  <Link to={`endorsements/${endorsement.number}`}>
                    {endorsement.number} – {endorsement.title}
                  </Link>
                }
                status={<EndorsementStatus endorsement={endorsement} />}
                meta={[
                  endorsement.applicants.map((one) => textOf(one.names)).join(', '),
                  textOf(endorsement.network_names),
                  t`given on ${formatDay(endorsement.issued_at)}`,
                  timeOf(endorsement),
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </Page>
  )
}
