import { useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import { query, type Schemas } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { scopesOf, useMe } from '../../../lib/me'
import type { Faulty } from '../../../ui/Form'
import { ChooseField } from '../../../ui/inputs'
import { searchNetworks } from '../../../ui/NetworkPicker'
import { OrganisationPicker, type Picked, Picker } from '../../../ui/Picker'
import { WHERE } from '../components/importKinds'

const MOST_SHOWN = 30

type Scope = 'network' | 'organisation'

/** Networks or organisations by their ids, with their names, by name; undefined while they are on their way. */
function useNamed(scope: Scope, ids: string[]): Picked[] | undefined {
  return useQueries({
    queries: ids.map((id) =>
      scope === 'network'
        ? query.queryOptions('get', '/api/v1/networks/{network_id}', { params: { path: { network_id: id } } })
        : query.queryOptions('get', '/api/v1/organisations/{organisation_id}', {
            params: { path: { organisation_id: id } },
          }),
    ) as { queryKey: readonly unknown[] }[],
    combine: (found) => {
      if (found.some((one) => one.data === undefined && !one.error)) return undefined
      const known = found.flatMap(({ data }) => {
        const held = data as { id: string; names: Record<string, string> } | undefined
        return held ? [{ id: held.id, label: textOf(held.names) }] : []
      })
      return known.sort((a, b) => a.label.localeCompare(b.label))
    },
  })
}

/** Where rows of a kind can be brought in: what the address named, and where the person may, if these are few. */
export function useWhose(kind: Schemas['ImportKind'], asked: { network?: string; organisation?: string }) {
  const me = useMe()
  const where = WHERE[kind]
  const scope = where?.scope ?? 'network'
  const own = where ? scopesOf(me, where.scope, where.permission) : []
  const few = own.length <= MOST_SHOWN
  const named = where ? asked[scope] : undefined
  const shown = few ? own : named ? [named] : []
  const known = useNamed(scope, shown)
  const first = known?.find((one) => one.id === named) ?? (few && known?.length === 1 ? known[0] : undefined)
  return { scope: where?.scope ?? null, options: few ? (known ?? []) : undefined, first: first ?? null }
}

/** The network or organisation whose rows a file holds: one of a few, or searched for by its name. */
export function WhoseField({
  scope,
  options,
  value,
  onChange,
  fault,
}: {
  scope: Scope
  options: Picked[] | undefined
  value: Picked | null
  onChange: (value: Picked | null) => void
  fault: Faulty
}) {
  const { t } = useLingui()
  const label = scope === 'network' ? t`Network` : t`Organisation`
  const given = { name: 'whose', label, value, onChange, fault }
  if (options)
    return (
      <ChooseField
        label={label}
        name="whose"
        value={value?.id ?? ''}
        none={t`Choose`}
        onChange={(id) => onChange(options.find((one) => one.id === id) ?? null)}
        options={options.map((one) => ({ value: one.id, label: one.label }))}
        fault={fault}
      />
    )
  if (scope === 'organisation') return <OrganisationPicker {...given} />
  return <Picker {...given} search={(q) => searchNetworks(q)} of="networks" />
}
