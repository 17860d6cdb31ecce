import type { Schemas } from '../../api/client'
import { scopesOf, useMe } from '../../lib/me'

/**
 * To whom the person may speak on a case: to all its parties, and among the network's or the authority's own people
 * where they are one of them.
 */
export function useAudiences({ networks = [], authorities = [] }: { networks?: string[]; authorities?: string[] }) {
  const me = useMe()
  const found: Schemas['Audience'][] = ['applicants']
  const inNetworks = scopesOf(me, 'network', 'coordinator', 'chair', 'secretary', 'representative', 'deputy')
  if (networks.some((id) => inNetworks.includes(id))) found.push('network')
  const inAuthorities = scopesOf(me, 'organisation', 'officer', 'decider', 'registry')
  if (authorities.some((id) => inAuthorities.includes(id))) found.push('authority')
  return found
}
