import { useQueries } from '@tanstack/react-query'
import { query } from '../api/client'
import { textOf } from './language'
import { type Permission, scopesOf, useMe } from './me'

/** The organisations where the person has one of the permissions, by name; undefined while they are on their way. */
export function useMyOrganisations(...permissions: Permission[]): { id: string; name: string }[] | undefined {
  const me = useMe()
  const ids = scopesOf(me, 'organisation', ...permissions)
  return useQueries({
    queries: ids.map((organisation_id) =>
      query.queryOptions('get', '/api/v1/organisations/{organisation_id}', { params: { path: { organisation_id } } }),
    ),
    combine: (found) => {
      if (me === undefined || found.some((one) => one.data === undefined && !one.error)) return undefined
      const known = found.flatMap(({ data }) => (data ? [{ id: data.id, name: textOf(data.names) }] : []))
      return known.sort((a, b) => a.name.localeCompare(b.name))
    },
  })
}
