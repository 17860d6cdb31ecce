import { useSyncExternalStore } from 'react'
import { queries, query, type Schemas } from '../api/client'
import { begin, type SessionAnswer, signedIn, subscribe } from '../api/session'

export type Me = Schemas['MePublic']
export type Permission = Schemas['PermissionsHeld']['permissions'][number]

export const useSignedIn = () => useSyncExternalStore(subscribe, signedIn)

/** Begin a session; what was shown to nobody, or to somebody else, is asked for anew. */
export function signIn(answer: SessionAnswer): void {
  queries.clear()
  begin(answer)
}

/** The person who is signed in, with their roles; undefined while loading or for nobody. */
export function useMe(): Me | undefined {
  const known = useSignedIn()
  return query.useQuery('get', '/api/v1/me', {}, { enabled: known }).data
}

/** The ids of organisations or networks where the person has one of the permissions. */
export const scopesOf = (me: Me | undefined, kind: Schemas['ScopeKind'], ...permissions: Permission[]): string[] =>
  (me?.permissions ?? []).flatMap((held) =>
    held.scope_id && held.scope_kind === kind && permissions.some((one) => held.permissions.includes(one))
      ? [held.scope_id]
      : [],
  )

/** Whether the person runs the platform. */
export const isOperator = (me: Me | undefined) =>
  Boolean(me?.permissions.some((held) => held.permissions.includes('platform:operate')))
