import { useQueries } from '@tanstack/react-query'
import { query } from '../api/client'
import { textOf } from './language'

/** The names of a few organisations by their ids. */
export function useOrganisationNames(ids: string[]): Map<string, string> {
  const found = useQueries({
    queries: ids.map((id) =>
      query.queryOptions('get', '/api/v1/organisations/{organisation_id}', {
        params: { path: { organisation_id: id } },
      }),
    ),
  })
  return new Map(found.flatMap(({ data }) => (data ? [[data.id, textOf(data.names)] as const] : [])))
}
