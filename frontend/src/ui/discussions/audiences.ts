import type { Schemas } from '../../api/client'
import { scopesOf, useMe } from '../../lib/me'

/**
 * To whom the person may speak on a case: to all its parties, and among the network's or the authority's own people
 * where they are one of them.
 */
export function useAudiences({ networks = [], authorities = [] }: { networks?: string[]; authorities?: string[] }) {
  const me = useMe()
  const found: Schemas['Audience'][] = ['applicants']
  const inNetworks = scopesOf(me, 'network', 'networks:contribute')
  if (networks.some((id) => inNetworks.includes(id))) found.push('network')
  const writes = scopesOf(me, 'organisation', 'discussions:write')
  const inAuthorities = scopesOf(me, 'organisation', 'partner_requests:read').filter((id) => writes.includes(id))
  if (authorities.some((id) => inAuthorities.includes(id))) found.push('authority')
  return found
}
