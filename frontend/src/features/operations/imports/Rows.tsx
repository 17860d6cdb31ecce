import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../../api/client'
import { formatNumber } from '../../../lib/format'
import { useFilters } from '../../../lib/urlState'
import { Rows as List } from '../../../ui/Cards'
import { Empty } from '../../../ui/Feedback'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { Tabs } from '../../../ui/Tabs'
import { FileFaults } from '../components/RowErrors'
import { RowCard } from './RowCard'
import { VERDICT_ORDER, VERDICTS } from './rowLabels'
import type { Job } from './types'

/** In the place of a verdict: rows that come in and should be looked at. */
const WARNED = 'warned'
const OF_FILE = new Set([
  'column_not_understood',
  'sheets_left',
  'example_left_out',
  'total_left_out',
  'rows_hidden',
  'columns_hidden',
])

/** Another tab, or somebody else, may decide rows of the same import: what is older is asked for again on return. */
const FRESH_MS = 1000

export type Counts = Schemas['RowCounts']

/** How many rows have which verdict. */
export const useCounts = (of: Job) =>
  query.useQuery(
    'get',
    '/api/v1/imports/{job_id}/counts',
    { params: { path: { job_id: of.id } } },
    { refetchOnWindowFocus: true, staleTime: FRESH_MS },
  ).data

/** The rows with their verdicts, by verdict where one is chosen. */
export function Rows({ of, counts, open }: { of: Job; counts: Counts | undefined; open: boolean }) {
  const { t } = useLingui()
  const [filters] = useFilters<'verdict'>()
  const verdict = VERDICT_ORDER.find((one) => one === filters.verdict)
  const warned = filters.verdict === WARNED ? true : undefined
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/imports/{job_id}/rows',
    { params: { path: { job_id: of.id }, query: { verdict, warned } } },
    { ...byCursor, refetchOnWindowFocus: true, staleTime: FRESH_MS },
  )
  return (
    <>
      <Tabs
        label={t`Rows by result`}
        tabs={[
          { to: `imports/${of.id}`, label: t`All` },
          ...VERDICT_ORDER.filter((one) => one === verdict || (counts?.[one] ?? 0) > 0).map((one) => ({
            to: `imports/${of.id}?verdict=${one}`,
            label: `${t(VERDICTS[one].word)} (${formatNumber(counts?.[one] ?? 0)})`,
          })),
          ...(warned || counts?.warned
            ? [
                {
                  to: `imports/${of.id}?verdict=${WARNED}`,
                  label: `${t`To check`} (${formatNumber(counts?.warned ?? 0)})`,
                },
              ]
            : []),
        ]}
      />
      <PagedList query={list} empty={<Nothing chosen={verdict !== undefined || warned === true} />}>
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

function Nothing({ chosen }: { chosen: boolean }) {
  return (
    <Empty>
      {chosen ? <Trans>No row has this result now. Look at all rows.</Trans> : <Trans>The file holds no rows.</Trans>}
    </Empty>
  )
}

/** What of the file as a whole is not read; what should be looked at in a row stands there. */
export function FileWarnings({ of }: { of: Job }) {
  const warnings = of.errors.filter((one) => one.severity === 'warning' && OF_FILE.has(one.code ?? ''))
  if (warnings.length === 0) return null
  return (
    <details>
      <summary>
        <Plural
          value={warnings.length}
          one="# thing in the file is not read"
          other="# things in the file are not read"
        />
      </summary>
      <FileFaults of={warnings} />
    </details>
  )
}
