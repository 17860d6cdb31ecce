import { query, type Schemas } from '../../../api/client'

/** The calls that take applications now, the first to close first; `chosen` stands among them in any case. */
export function useOpenCalls(chosen: string | null): Schemas['CallItem'][] {
  const today = new Date().toISOString().slice(0, 10)
  const params = { query: { open_on: today, limit: 200 } }
  const open = query.useQuery('get', '/api/v1/calls', { params }).data?.items ?? []
  const listed = open.some((one) => one.id === chosen)
  const other = query.useQuery(
    'get',
    '/api/v1/calls/{call_id}',
    { params: { path: { call_id: chosen ?? '' } } },
    { enabled: Boolean(chosen) && !listed },
  ).data
  return other && !listed ? [other, ...open] : open
}
