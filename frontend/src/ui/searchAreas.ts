import { api, ask } from '../api/client'
import { textOf } from '../lib/language'
import type { Picked } from './Picker'

/** Areas whose name holds a text. */
export async function searchAreas(q: string): Promise<Picked[]> {
  const { items } = await ask(api.GET('/api/v1/areas', { params: { query: { q, limit: 8 } } }))
  return items.map((one) => ({ id: one.id, label: textOf(one.names) }))
}
