import { Plural, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useRef, useState } from 'react'
import { Button, StatusText, TextInput } from 'suomifi-ui-components'
import { api, ask, type Schemas } from '../api/client'
import { textOf } from '../lib/language'
import { useTyped } from '../lib/typed'
import type { Faulty } from './Form'
import styles from './Form.module.css'

export interface Picked {
  id: string
  label: string
  /** A quiet fact that tells namesakes apart. */
  detail?: string | null
  /** An organisation that nobody has confirmed yet: it can be asked. */
  unconfirmed?: boolean
}

interface Given {
  label: string
  hint?: string
  name: string
  value: Picked | null
  onChange: (value: Picked | null) => void
  fault?: Faulty
}

const SHORTEST = 2

/** Choose one of very many: type a part of its name, then take one of those found. Once chosen it can be changed. */
export function Picker({
  label,
  hint,
  name,
  value,
  onChange,
  fault,
  search,
  of,
}: Given & {
  search: (q: string) => Promise<Picked[]>
  /** What is searched, and how: the found ones are kept by it. */
  of: string
}) {
  const { t } = useLingui()
  const change = useTyped(name, value, onChange)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const box = useRef<HTMLDivElement>(null)
  const found = useQuery({
    queryKey: ['pick', of, q],
    queryFn: () => search(q),
    enabled: q.length >= SHORTEST && value === null,
    placeholderData: (before) => before,
  })
  const focus = (what: string) => window.setTimeout(() => box.current?.querySelector<HTMLElement>(what)?.focus())
  if (value !== null)
    return (
      <div ref={box}>
        <Held
          label={label}
          value={value.unconfirmed ? t`${value.label} (not confirmed yet)` : value.label}
          fault={fault}
          onChange={() => {
            change(null)
            setTyped('')
            focus('input')
          }}
        />
      </div>
    )
  const options = q.length >= SHORTEST ? (found.data ?? []) : []
  return (
    <div className={styles.field} ref={box}>
      <TextInput
        fullWidth
        labelText={label}
        hintText={hint ?? t`Type a part of the name, then choose.`}
        name={name}
        autoComplete="off"
        value={typed}
        onChange={(now) => setTyped(String(now ?? ''))}
        {...fault}
      />
      <div role="status">
        {q.length >= SHORTEST && found.data && !found.isFetching && (
          <Plural value={options.length} _0="Nothing found" one="# found" other="# found" />
        )}
      </div>
      {options.length > 0 && (
        <ul className={styles.options} aria-label={t`Found: ${label}`}>
          {options.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                onClick={() => {
                  change(one)
                  focus('button')
                }}
              >
                {one.label} {one.detail && <small>{one.detail}</small>}{' '}
                {one.unconfirmed && <small>{t`not confirmed yet`}</small>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What is chosen, with the way to choose anew. */
export function Held({
  label,
  value,
  onChange,
  fault,
}: {
  label: string
  value: string
  onChange: () => void
  fault?: Faulty
}) {
  const { t } = useLingui()
  return (
    <div className={styles.field}>
      <strong>{label}</strong>
      <div className={styles.picked}>
        <span>{value}</span>
        <Button variant="secondaryNoBorder" aria-label={t`Change: ${label}`} onClick={onChange}>
          {t`Change`}
        </Button>
      </div>
      {fault?.statusText && <StatusText status="error">{fault.statusText}</StatusText>}
    </div>
  )
}

export async function searchOrganisations(q: string, sector?: Schemas['Sector'][]): Promise<Picked[]> {
  const query = { q, sector, sort: 'relevance' as const, limit: 8, unconfirmed: true }
  const { items } = await ask(api.GET('/api/v1/organisations', { params: { query } }))
  return items.map((one) => ({
    id: one.id,
    label: textOf(one.names),
    detail: one.business_id,
    unconfirmed: !one.confirmed,
  }))
}

/** An organisation by its name. */
export function OrganisationPicker({ sector, ...given }: Given & { sector?: Schemas['Sector'][] }) {
  const search = (q: string) => searchOrganisations(q, sector)
  return <Picker {...given} search={search} of={`organisations ${sector?.join() ?? ''}`} />
}
