import { useQueries } from '@tanstack/react-query'
import { query } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { type Me, scopesOf } from '../../../lib/me'

export const ITSELF = 'network'

/** For whom the person may raise a need in a network: organisations by id, and the network itself. */
export function useRaisers(
  me: Me | undefined,
  network: string | undefined,
): { value: string; label: string }[] | undefined {
  const speaks = network !== undefined && scopesOf(me, 'network', 'networks:contribute').includes(network)
  const spoken = speaks ? (me?.roles ?? []).filter((one) => one.scope_id === network) : []
  const edited = new Set(scopesOf(me, 'organisation', 'needs:raise'))
  const members = useQueries({
    queries: [...edited].map((member) =>
      query.queryOptions(
        'get',
        '/api/v1/networks',
        { params: { query: { member, limit: 200 } } },
        { enabled: !!network },
      ),
    ),
    combine: (found) =>
      found.some((one) => one.isLoading)
        ? undefined
        : [...edited].filter((_, place) => found[place]?.data?.items.some((one) => one.id === network)),
  })
  const voices = spoken.flatMap((one) => (one.for_organisation_id ? [one.for_organisation_id] : []))
  const ids = [...new Set([...voices, ...(members ?? [])])]
  const names = useQueries({
    queries: ids.map((organisation_id) =>
      query.queryOptions('get', '/api/v1/organisations/{organisation_id}', { params: { path: { organisation_id } } }),
    ),
    combine: (found) => found.map(({ data }) => textOf(data?.names)),
  })
  if (me === undefined || members === undefined) return undefined
  const organisations = ids.map((value, place) => ({ value, label: names[place] || '…' }))
  return speaks ? [...organisations, { value: ITSELF, label: '' }] : organisations
}
