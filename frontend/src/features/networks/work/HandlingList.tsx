import { useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { toneOf } from '../../../lib/tones'
import { useFilters } from '../../../lib/urlState'
import { Row, Rows } from '../../../ui/Cards'
import { Empty } from '../../../ui/Feedback'
import { Choose, Filters } from '../../../ui/Filters'
import { Link } from '../../../ui/Link'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { StatusTag } from '../../../ui/StatusTag'

/** The same applications as a list, the ended ones too. */
export function HandlingList({ networkId }: { networkId: string }) {
  const { t } = useLingui()
  const [filters, change] = useFilters<'view' | 'state'>()
  const state = filters.state ? [filters.state as Schemas['HandlingState']] : undefined
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/handlings',
    { params: { query: { network: networkId, state } } },
    byCursor,
  )
  return (
    <>
      <Filters label={t`Choose applications`}>
        <Choose
          label={t`State`}
          any={t`All states`}
          value={filters.state}
          options={Object.entries(enumLabels.HandlingState).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(value) => change({ state: value })}
        />
      </Filters>
      <PagedList query={list} empty={<Empty>{t`No application is in this state. Choose another one.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.id}
                head={<Link to={`handlings/${one.id}`}>{one.title}</Link>}
                status={<StatusTag tone={toneOf(one.state)}>{t(enumLabels.HandlingState[one.state])}</StatusTag>}
                meta={[
                  t`version ${one.version_number}`,
                  t`received ${formatDay(one.received_at)}`,
                  one.decided_at ? t`decided ${formatDay(one.decided_at)}` : t`handle by ${formatDay(one.handle_by)}`,
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </>
  )
}
