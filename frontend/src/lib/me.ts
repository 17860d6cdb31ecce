import { useSyncExternalStore } from 'react'
import { queries, query, type Schemas } from '../api/client'
import { keep, signedIn, subscribe, type TokenAnswer } from '../api/session'

export type Me = Schemas['MePublic']
export type Role = Schemas['Role']

export const useSignedIn = () => useSyncExternalStore(subscribe, signedIn)

/** Begin a session; what was shown to nobody, or to somebody else, is asked for anew. */
export function signIn(answer: TokenAnswer): void {
  queries.clear()
  keep(answer)
}

/** The person who is signed in, with their roles; undefined while loading or for nobody. */
export function useMe(): Me | undefined {
  const known = useSignedIn()
  return query.useQuery('get', '/api/v1/me', {}, { enabled: known }).data
}

/** Who may comment, and add files, for an organisation that is a party. */
export const COMMENTERS = ['editor', 'owner', 'signatory', 'officer', 'decider', 'registry'] as const

/** The ids of organisations or networks where the person holds one of the roles. */
export function scopesOf(me: Me | undefined, kind: Schemas['ScopeKind'], ...roles: Role[]): string[] {
  const held = (me?.roles ?? []).filter((one) => one.scope_kind === kind && roles.includes(one.role))
  return [...new Set(held.map((one) => one.scope_id).filter((id): id is string => id !== null))]
}

/** Whether the person runs the platform. */
export const isOperator = (me: Me | undefined) => Boolean(me?.roles.some((one) => one.role === 'operator'))
