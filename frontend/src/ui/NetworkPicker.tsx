import { api, ask, query } from '../api/client'
import { textOf } from '../lib/language'
import { Picker } from './Picker'

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
  const search = async (q: string) => {
    const { items } = await ask(api.GET('/api/v1/networks', { params: { query: { q, limit: 8 } } }))
    return items.map((one) => ({ id: one.id, label: textOf(one.names) }))
  }
  return (
    <Picker
      label={label}
      hint={hint}
      name={name}
      value={value === undefined ? null : { id: value, label: textOf(chosen.data?.names) || '…' }}
      onChange={(picked) => onChange(picked?.id)}
      search={search}
      of="networks"
    />
  )
}
