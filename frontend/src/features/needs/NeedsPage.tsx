import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { formatDay } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { useMunicipalities } from '../../lib/municipalities'
import { useTargetGroups } from '../../lib/targetGroups'
import { toneOf } from '../../lib/tones'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Links } from '../../ui/Links'
import { NetworkPicker } from '../../ui/NetworkPicker'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import { StatusTag } from '../../ui/StatusTag'
import { useAreas } from './components/areas'

export default function NeedsPage() {
  const { t } = useLingui()
  const me = useMe()
  const [filters, change] = useFilters<'q' | 'network' | 'municipality' | 'area' | 'target_group' | 'state'>()
  const agrees = scopesOf(me, 'network', 'needs:agree')
  const named = filters.network && agrees.includes(filters.network)
  const whose = named ? `&network=${filters.network}` : ''
  const municipalities = useMunicipalities()
  const areas = useAreas(filters.municipality)
  const groups = useTargetGroups()
  const asked = {
    q: filters.q,
    network: filters.network,
    municipality: filters.municipality,
    area: filters.area,
    target_group: filters.target_group,
    state: filters.state as Schemas['NeedState'] | undefined,
  }
  const list = query.useInfiniteQuery('get', '/api/v1/needs', { params: { query: asked } }, byCursor)
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  return (
    <Page
      title={t`Needs`}
      lead={t`What experts, members and residents see that an area needs. New projects start from these.`}
    >
      <Filters label={t`Search needs`}>
        <Search label={t`Search by words`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`State`}
          any={t`Any state`}
          value={filters.state}
          options={Object.entries(enumLabels.NeedState).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(state) => change({ state })}
        />
        <Choose
          label={t`Target group`}
          any={t`All target groups`}
          value={filters.target_group}
          options={groups.options}
          onChange={(target_group) => change({ target_group })}
        />
        <Choose
          label={t`Municipality`}
          any={t`All municipalities`}
          value={filters.municipality}
          options={municipalities.options}
          onChange={(municipality) => change({ municipality, area: undefined })}
        />
        {areas.length > 0 && (
          <Choose
            label={t`Area`}
            any={t`The whole municipality`}
            value={filters.area}
            options={areas}
            onChange={(area) => change({ area })}
          />
        )}
        <NetworkPicker
          label={t`Network`}
          name="network"
          value={filters.network}
          onChange={(network) => change({ network })}
        />
      </Filters>
      {me && (
        <Links>
          <Link to={`needs/new${filters.network ? `?network=${filters.network}` : ''}`}>{t`Raise a need`}</Link>
          {agrees.length > 0 && <Link to={`imports/new?kind=needs${whose}`}>{t`Import from a file`}</Link>}
        </Links>
      )}
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/needs/export.{file_format}', asFile(format, asked))}
        empty={
          <Empty>{t`No need matches. Members raise needs in their networks; once agreed on, they stand here.`}</Empty>
        }
      >
        {(needs) => (
          <>
            <Rows>
              {needs.map((need) => (
                <Row
                  key={need.id}
                  head={
                    <Link to={`needs/${need.id}`}>
                      <span lang={need.language}>{need.title}</span>
                    </Link>
                  }
                  status={<StatusTag tone={toneOf(need.state)}>{t(enumLabels.NeedState[need.state])}</StatusTag>}
                  meta={[
                    textOf(need.area_names) || municipalities.name(need.municipality_code),
                    need.target_groups.map(groups.name).join(', '),
                    textOf(need.network_names),
                    need.agreed_at
                      ? t`agreed on ${formatDay(need.agreed_at)}`
                      : t`raised on ${formatDay(need.created_at)}`,
                  ]}
                />
              ))}
            </Rows>
          </>
        )}
      </PagedList>
    </Page>
  )
}
