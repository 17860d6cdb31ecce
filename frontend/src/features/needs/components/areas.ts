import { query } from '../../../api/client'
import { textOf } from '../../../lib/language'

/** The parts of a municipality as options; none without a municipality. */
export function useAreas(municipality: string | undefined): { value: string; label: string }[] {
  const params = { query: { municipality, limit: 200 } }
  const { data } = query.useQuery('get', '/api/v1/areas', { params }, { enabled: Boolean(municipality) })
  return municipality ? (data?.items ?? []).map((one) => ({ value: one.id, label: textOf(one.names) })) : []
}
