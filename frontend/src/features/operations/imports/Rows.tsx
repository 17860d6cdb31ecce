import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../../api/client'
import { useFilters } from '../../../lib/urlState'
import { Rows as List } from '../../../ui/Cards'
import { Empty } from '../../../ui/Feedback'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { Tabs } from '../../../ui/Tabs'
import { RowErrors } from '../components/RowErrors'
import { RowCard } from './RowCard'
import { VERDICT_ORDER, VERDICTS } from './rowLabels'
import type { Job } from './types'

type Verdict = Schemas['RowVerdict']
export type Counts = Schemas['RowCounts']

/** How many rows have which verdict. */
export const useCounts = (of: Job) =>
  query.useQuery('get', '/api/v1/imports/{job_id}/counts', { params: { path: { job_id: of.id } } }).data

/** The rows with their verdicts, by verdict where one is chosen. */
export function Rows({ of, counts, open }: { of: Job; counts: Counts | undefined; open: boolean }) {
  const { t } = useLingui()
  const [filters] = useFilters<'verdict'>()
  const verdict = VERDICT_ORDER.find((one) => one === filters.verdict)
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/imports/{job_id}/rows',
    { params: { path: { job_id: of.id }, query: { verdict } } },
    byCursor,
  )
  return (
    <>
      <Tabs
        label={t`Rows by result`}
        tabs={[
          { to: `imports/${of.id}`, label: t`All` },
          ...VERDICT_ORDER.filter((one) => one === verdict || (counts?.[one] ?? 0) > 0).map((one) => ({
            to: `imports/${of.id}?verdict=${one}`,
            label: `${t(VERDICTS[one].word)} (${counts?.[one] ?? 0})`,
          })),
        ]}
      />
      <PagedList query={list} empty={<Nothing of={verdict} />}>
        {(items) => (
          <List>
            {items.map((one) => (
              <RowCard key={one.row} of={one} job={of} open={open} />
            ))}
          </List>
        )}
      </PagedList>
    </>
  )
}

function Nothing({ of }: { of: Verdict | undefined }) {
  return (
    <Empty>
      {of ? <Trans>No row has this result now. Look at all rows.</Trans> : <Trans>The file holds no rows.</Trans>}
    </Empty>
  )
}

/** What should be looked at though it keeps nothing out. */
export function Warnings({ of }: { of: Job }) {
  const warnings = of.errors.filter((one) => one.severity === 'warning')
  if (warnings.length === 0) return null
  return (
    <details>
      <summary>
        <Plural value={warnings.length} one="# thing to check" other="# things to check" />
      </summary>
      <RowErrors of={warnings} />
    </details>
  )
}
