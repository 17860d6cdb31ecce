import { useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { SearchInput } from 'suomifi-ui-components'

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
