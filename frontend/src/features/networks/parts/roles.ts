import { useQueries } from '@tanstack/react-query'
import { query } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { isOperator, scopesOf, useMe } from '../../../lib/me'

/** What the person may do in a network, so that the pages show what is for them; the API decides. */
export function useMyPart(networkId: string) {
  const me = useMe()
  const holds = (...roles: Parameters<typeof scopesOf>[2][]) => scopesOf(me, 'network', ...roles).includes(networkId)
  return {
    leads: holds('coordinator'),
    records: holds('coordinator', 'chair', 'secretary'),
    speaks: holds('coordinator', 'chair', 'secretary', 'representative', 'deputy'),
    reads: holds('coordinator', 'chair', 'secretary', 'representative', 'deputy', 'observer', 'inspector'),
    operates: isOperator(me),
    /** The organisations whose matters the person manages. */
    owns: scopesOf(me, 'organisation', 'owner'),
  }
}

/** The members as one list; a network has some dozens. */
export function useMembers(networkId: string) {
  const params = { path: { network_id: networkId }, query: { limit: 200 } }
  return query.useQuery('get', '/api/v1/networks/{network_id}/members', { params })
}

/** Organisations by their ids, to choose from. */
export function useOrganisationOptions(ids: string[]) {
  return useQueries({
    queries: ids.map((organisation_id) =>
      query.queryOptions('get', '/api/v1/organisations/{organisation_id}', { params: { path: { organisation_id } } }),
    ),
    combine: (found) => found.flatMap(({ data }) => (data ? [{ value: data.id, label: textOf(data.names) }] : [])),
  })
}
