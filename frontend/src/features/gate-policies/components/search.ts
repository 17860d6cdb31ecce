import { api, ask } from '../../../api/client'
import { textOf } from '../../../lib/language'
import type { Picked } from '../../../ui/Picker'

const MOST = 8

export const picked = (rows: { id: string; names: { [language: string]: string } }[]): Picked[] =>
  rows.map((one) => ({ id: one.id, label: textOf(one.names) }))

export async function searchCalls(q: string): Promise<Picked[]> {
  return picked((await ask(api.GET('/api/v1/calls', { params: { query: { q, limit: MOST } } }))).items)
}
