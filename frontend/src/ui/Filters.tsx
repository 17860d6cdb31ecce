import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useState } from 'react'
import { Dropdown, DropdownItem, SearchInput } from 'suomifi-ui-components'
import styles from './Filters.module.css'

export function Filters({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search aria-label={label} className={styles.filters}>
      {children}
    </search>
  )
}

const PAUSE_MS = 300

/** Searches while one types, after a short pause, and at once on Enter. */
export function Search({ label, value, onChange }: { label: string; value: string; onChange: (q: string) => void }) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = window.setTimeout(() => onChange(typed.trim()), PAUSE_MS)
    return () => window.clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <SearchInput
      fullWidth
      labelText={label}
      clearButtonLabel={t`Clear the search`}
      searchButtonLabel={t`Search`}
      value={typed}
      onChange={(now) => setTyped(String(now ?? ''))}
      onSearch={(now) => onChange(String(now ?? '').trim())}
    />
  )
}

const ANY = '*'

/** One of several values, or any. */
export function Choose({
  label,
  any,
  value,
  options,
  onChange,
}: {
  label: string
  /** What stands for no choice. */
  any: string
  value: string | undefined
  options: { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}) {
  return (
    <Dropdown
      fullWidth
      labelText={label}
      value={value ?? ANY}
      onChange={(chosen) => onChange(chosen === ANY ? undefined : chosen)}
    >
      {[{ value: ANY, label: any }, ...options].map((option) => (
        <DropdownItem key={option.value} value={option.value}>
          {option.label}
        </DropdownItem>
      ))}
    </Dropdown>
  )
}
