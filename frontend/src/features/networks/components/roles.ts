import { useQueries } from '@tanstack/react-query'
import { query } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { isOperator, type Permission, scopesOf, useMe } from '../../../lib/me'

/** What the person may do in a network, so that the pages show what is for them; the API decides. */
export function useMyPart(networkId: string) {
  const me = useMe()
  const may = (permission: Permission) => scopesOf(me, 'network', permission).includes(networkId)
  return {
    leads: may('networks:lead'),
    records: may('meetings:record'),
    speaks: may('networks:contribute'),
    reads: may('networks:read'),
    operates: isOperator(me),
    /** The organisations whose matters the person manages. */
    owns: scopesOf(me, 'organisation', 'memberships:manage'),
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
