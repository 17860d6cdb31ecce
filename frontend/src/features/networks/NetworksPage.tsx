import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { isOperator, useMe } from '../../lib/me'
import { useMunicipalities } from '../../lib/municipalities'
import { useTargetGroups } from '../../lib/targetGroups'
import { toneOf } from '../../lib/tones'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import { StatusTag } from '../../ui/StatusTag'
import { Texts } from '../../ui/Texts'

export default function NetworksPage() {
  const { t } = useLingui()
  const [filters, change] = useFilters<'q' | 'kind' | 'state' | 'municipality' | 'target_group'>()
  const municipalities = useMunicipalities()
  const groups = useTargetGroups()
  const operates = isOperator(useMe())
  const asked = {
    ...filters,
    kind: filters.kind as Schemas['NetworkKind'] | undefined,
    state: filters.state as Schemas['NetworkState'] | undefined,
  }
  const list = query.useInfiniteQuery('get', '/api/v1/networks', { params: { query: asked } }, byCursor)
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  return (
    <Page title={t`Networks`} lead={t`Organisations that work together for the same people, by rules they agreed on.`}>
      <Filters label={t`Search networks`}>
        <Search label={t`Search by name or theme`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`Kind`}
          any={t`All kinds`}
          value={filters.kind}
          options={Object.entries(enumLabels.NetworkKind).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(value) => change({ kind: value })}
        />
        <Choose
          label={t`Municipality`}
          any={t`All municipalities`}
          value={filters.municipality}
          options={municipalities.options}
          onChange={(value) => change({ municipality: value })}
        />
        <Choose
          label={t`Target group`}
          any={t`All target groups`}
          value={filters.target_group}
          options={groups.options}
          onChange={(value) => change({ target_group: value })}
        />
        <Choose
          label={t`State`}
          any={t`All states`}
          value={filters.state}
          options={Object.entries(enumLabels.NetworkState).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(value) => change({ state: value })}
        />
      </Filters>
      {operates && (
        <p>
          <Link to="networks/new">{t`Found a network`}</Link>
        </p>
      )}
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/networks/export.{file_format}', asFile(format, asked))}
        empty={<Empty>{t`No network matches. Try fewer words or another area.`}</Empty>}
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.id}
                head={
                  <Link to={`networks/${one.id}`}>
                    <Texts of={one.names} />
                  </Link>
                }
                status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.NetworkState[one.state])}</StatusTag>}
                meta={[
                  t(enumLabels.NetworkKind[one.kind]),
                  textOf(one.theme),
                  one.municipality_codes.map(municipalities.name).join(', '),
                  one.decides && t`grants the puumerkki`,
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </Page>
  )
}
