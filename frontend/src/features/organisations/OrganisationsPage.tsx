import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { enumLabels } from '../../lib/labels'
import { isOperator, useMe, useSignedIn } from '../../lib/me'
import { useMunicipalities } from '../../lib/municipalities'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import { Texts } from '../../ui/Texts'

type Sector = Schemas['Sector']

export default function OrganisationsPage() {
  const { t } = useLingui()
  const [filters, change] = useFilters<'q' | 'sector' | 'municipality'>()
  const municipalities = useMunicipalities()
  const signedIn = useSignedIn()
  const me = useMe()
  const asked = {
    q: filters.q,
    sector: filters.sector ? [filters.sector as Sector] : undefined,
    municipality: filters.municipality,
  }
  const sort = filters.q ? 'relevance' : 'name'
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations',
    { params: { query: { ...asked, sort } } },
    byCursor,
  )
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  return (
    <Page title={t`Organisations`}>
      <Filters label={t`Search organisations`}>
        <Search label={t`Search by name`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`Sector`}
          any={t`All sectors`}
          value={filters.sector}
          options={Object.entries(enumLabels.Sector).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(value) => change({ sector: value })}
        />
        <Choose
          label={t`Municipality`}
          any={t`All municipalities`}
          value={filters.municipality}
          options={municipalities.options}
          onChange={(value) => change({ municipality: value })}
        />
      </Filters>
      {signedIn && (
        <Links>
          <Link to="organisations/new">{t`Add an organisation`}</Link>
          {isOperator(me) && <Link to="imports/new?kind=organisations">{t`Import from a file`}</Link>}
        </Links>
      )}
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/organisations/export.{file_format}', asFile(format, asked))}
        empty={<Empty>{t`No organisation matches. Try fewer words or another area.`}</Empty>}
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.id}
                head={
                  <Link to={`organisations/${one.id}`}>
                    <Texts of={one.names} />
                  </Link>
                }
                meta={[
                  t(enumLabels.Sector[one.sector]),
                  municipalities.name(one.home_municipality_code),
                  one.business_id,
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </Page>
  )
}
