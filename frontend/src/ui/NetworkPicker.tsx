import { api, ask, query } from '../api/client'
import { textOf } from '../lib/language'
import { type Picked, Picker } from './Picker'

/** `deciding`: only those that grant the puumerkki. */
export async function searchNetworks(q: string, deciding = false): Promise<Picked[]> {
  const { items } = await ask(api.GET('/api/v1/networks', { params: { query: { q, limit: 8 } } }))
  return items.filter((one) => one.decides || !deciding).map((one) => ({ id: one.id, label: textOf(one.names) }))
}

/** A network by its name; its value is the id. */
export function NetworkPicker({
  label,
  hint,
  name,
  value,
  onChange,
}: {
  label: string
  hint?: string
  name: string
  value: string | undefined
  onChange: (id: string | undefined) => void
}) {
  const params = { path: { network_id: value ?? '' } }
  const chosen = query.useQuery('get', '/api/v1/networks/{network_id}', { params }, { enabled: value !== undefined })
  return (
    <Picker
      label={label}
      hint={hint}
      name={name}
      value={value === undefined ? null : { id: value, label: textOf(chosen.data?.names) || '…' }}
      onChange={(picked) => onChange(picked?.id)}
      search={(q) => searchNetworks(q)}
      of="networks"
    />
  )
}
