import type { ReactNode } from 'react'
import { Dropdown, DropdownItem } from 'suomifi-ui-components'
import styles from './Filters.module.css'

export function Filters({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search aria-label={label} className={styles.filters}>
      {children}
    </search>
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
