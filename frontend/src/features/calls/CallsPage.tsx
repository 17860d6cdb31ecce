import { useLingui } from '@lingui/react/macro'
import { useCallback } from 'react'
import { api, query, type Schemas } from '../../api/client'
import { asFile } from '../../lib/download'
import { formatEnd, formatMoney } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { scopesOf, useMe } from '../../lib/me'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { byCursor, PagedList } from '../../ui/PagedList'
import { Search } from '../../ui/Search'
import { Texts } from '../../ui/Texts'
import { CallStatus } from './components/CallStatus'

type Asked = NonNullable<Schemas['CallPhase']>
type List = Pick<
  { phase?: Asked; state?: Schemas['CallState']; sort?: Schemas['CallSort'] },
  'phase' | 'state' | 'sort'
>

/** What each choice of the list asks for; open ones first. */
const LISTS: Record<string, List> = {
  open: { phase: 'open', state: 'published' },
  coming: { phase: 'coming', state: 'published' },
  past: { phase: 'past', sort: '-closes_at' },
  drafts: { state: 'draft' },
  all: {},
}

export default function CallsPage() {
  const { t } = useLingui()
  const me = useMe()
  const publishes = scopesOf(me, 'organisation', 'calls:publish').length > 0
  const [filters, change] = useFilters<'q' | 'list' | 'form'>()
  const asked = {
    ...LISTS[filters.list ?? 'open'],
    q: filters.q,
    legal_form: filters.form as Schemas['LegalForm'] | undefined,
  }
  const list = query.useInfiniteQuery('get', '/api/v1/calls', { params: { query: asked } }, byCursor)
  const search = useCallback((q: string) => change({ q: q || undefined }), [change])
  return (
    <Page
      title={t`Calls`}
      lead={t`Where funding can be applied for, and until when. Those that close first stand first.`}
    >
      <Filters label={t`Search calls`}>
        <Search label={t`Search by name or programme`} value={filters.q ?? ''} onChange={search} />
        <Choose
          label={t`Which calls`}
          any={t`Open now`}
          value={filters.list}
          options={[
            { value: 'coming', label: t`Opening later` },
            { value: 'past', label: t`Past` },
            ...(publishes ? [{ value: 'drafts', label: t`My drafts` }] : []),
            { value: 'all', label: t`All` },
          ]}
          onChange={(value) => change({ list: value })}
        />
        <Choose
          label={t`Who may apply`}
          any={t`Any legal form`}
          value={filters.form}
          options={Object.entries(enumLabels.LegalForm).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(form) => change({ form })}
        />
      </Filters>
      {publishes && (
        <p>
          <Link to="calls/new">{t`Draft a call`}</Link>
        </p>
      )}
      <PagedList
        query={list}
        file={(format) => api.GET('/api/v1/calls/export.{file_format}', asFile(format, asked))}
        empty={<Empty>{t`There are no such calls now. Look among those that open later, or all.`}</Empty>}
      >
        {(calls) => (
          <Rows>
            {calls.map((call) => (
              <Row
                key={call.id}
                head={
                  <Link to={`calls/${call.id}`}>
                    <Texts of={call.names} />
                  </Link>
                }
                status={<CallStatus call={call} />}
                meta={[
                  textOf(call.funder_names),
                  t`closes ${formatEnd(call.closes_at)}`,
                  call.max_cents !== null && t`at most ${formatMoney(call.max_cents)} for one application`,
                  call.partner_required && t`asks for a partner authority`,
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </Page>
  )
}
