import { useQuery } from '@tanstack/react-query'
import { api, ask, type Schemas } from '../api/client'
import { textOf } from './language'

type Member = Schemas['MemberPublic']

async function all(network_id: string): Promise<Member[]> {
  const found: Member[] = []
  let cursor: string | undefined
  do {
    const params = { path: { network_id }, query: { limit: 200, cursor } }
    const page = await ask(api.GET('/api/v1/networks/{network_id}/members', { params }))
    found.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return found
}

/** All members of a network that one may see, as one list: their names by id, and the active ones as options. */
export function useMembers(networkId: string | undefined) {
  const { data } = useQuery({
    queryKey: ['get', '/api/v1/networks/{network_id}/members', networkId, 'all'],
    queryFn: () => all(networkId ?? ''),
    enabled: networkId !== undefined,
    staleTime: 60_000,
  })
  const names = new Map((data ?? []).map((one) => [one.id, textOf(one.organisation_names)]))
  const active = (data ?? []).filter((one) => one.state === 'active')
  return {
    known: data !== undefined,
    name: (id: string) => names.get(id),
    active,
    options: active.map((one) => ({ value: one.id, label: names.get(one.id) ?? '' })),
  }
}
