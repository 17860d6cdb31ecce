import { useQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from '../api/client'
import { language, textOf } from './language'

const DAY_MS = 86_400_000

async function all(): Promise<Schemas['MunicipalityPublic'][]> {
  const found: Schemas['MunicipalityPublic'][] = []
  let cursor: string | undefined
  do {
    const page = await ask(api.GET('/api/v1/municipalities', { params: { query: { limit: 200, cursor } } }))
    found.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return found
}

/** The municipalities: their names by code, and those of today as options, sorted as the language sorts. */
export function useMunicipalities() {
  const { data = [] } = useQuery({ queryKey: ['municipalities'], queryFn: all, staleTime: DAY_MS, gcTime: DAY_MS })
  const order = new Intl.Collator(language())
  const names = new Map(data.map((one) => [one.code, textOf(one.names)]))
  return {
    name: (code: string | null | undefined) => (code ? (names.get(code) ?? code) : ''),
    options: [...names].map(([value, label]) => ({ value, label })).sort((a, b) => order.compare(a.label, b.label)),
  }
}
