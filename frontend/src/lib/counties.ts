import { query } from '../api/client'
import { textOf } from './language'

const DAY_MS = 86_400_000

/** The wellbeing services counties: their names by code, and all as options. */
export function useCounties() {
  const { data } = query.useQuery('get', '/api/v1/wellbeing-counties', {}, { staleTime: DAY_MS, gcTime: DAY_MS })
  const options = (data?.items ?? []).map((one) => ({ value: one.code, label: textOf(one.names) }))
  return { options, name: (code: string) => options.find((one) => one.value === code)?.label ?? code }
}
