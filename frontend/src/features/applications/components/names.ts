import { useQueries } from '@tanstack/react-query'
import { query, type Schemas } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { useOrganisationNames } from '../../../lib/organisationNames'

type Change = Pick<Schemas['Difference'], 'pointer' | 'old' | 'new'>

/** What the ids in differences stand for. */
interface Ids {
  organisations: string[]
  needs: string[]
  calls: string[]
  areas: string[]
}

/** The ids in differences, by what they are ids of. */
export function idsIn(changes: Change[]): Ids {
  const of = (part: string) =>
    changes.filter((one) => one.pointer.split('/')[1] === part).flatMap((one) => [one.old, one.new].flat())
  const strings = (values: unknown[]) => [...new Set(values.filter((one) => typeof one === 'string'))]
  const authorities = of('authorities').map((one) => (one as { id?: unknown } | null)?.id)
  return {
    organisations: strings([...of('co_applicant_ids'), ...authorities]),
    needs: strings(of('need_ids')),
    calls: strings(of('call_id')),
    areas: strings(of('area_ids')),
  }
}

/** The names by id, as far as they have come and one may know them. */
export function useNames(changes: Change[]): Map<string, string> {
  const ids = idsIn(changes)
  const organisations = useOrganisationNames(ids.organisations)
  const needs = useQueries({
    queries: ids.needs.map((need_id) =>
      query.queryOptions('get', '/api/v1/needs/{need_id}', { params: { path: { need_id } } }),
    ),
  })
  const calls = useQueries({
    queries: ids.calls.map((call_id) =>
      query.queryOptions('get', '/api/v1/calls/{call_id}', { params: { path: { call_id } } }),
    ),
  })
  const areas = useQueries({
    queries: ids.areas.map((area_id) =>
      query.queryOptions('get', '/api/v1/areas/{area_id}', { params: { path: { area_id } } }),
    ),
  })
  return new Map([
    ...areas.flatMap(({ data }) => (data ? [[data.id, textOf(data.names)] as const] : [])),
    ...organisations,
    ...needs.flatMap(({ data }) => (data ? [[data.id, data.title] as const] : [])),
    ...calls.flatMap(({ data }) => (data ? [[data.id, textOf(data.names)] as const] : [])),
  ])
}
