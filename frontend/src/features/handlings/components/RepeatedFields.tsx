import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import styles from './Handling.module.css'

/** Rows that are added and removed; each keeps its key, so that what is typed stays with its row. */
export function useRepeated<T>(first: T[], empty: T) {
  const next = useRef(first.length)
  const [rows, setRows] = useState(() => first.map((value, key) => ({ key, value })))
  return {
    rows,
    values: rows.map((row) => row.value),
    set: (key: number, value: T) => setRows((all) => all.map((row) => (row.key === key ? { key, value } : row))),
    add: () => setRows((all) => [...all, { key: next.current++, value: empty }]),
    remove: (key: number) => setRows((all) => all.filter((row) => row.key !== key)),
  }
}

export function RepeatedFields<T>({
  several,
  name,
  add,
  least = 0,
  children,
}: {
  several: ReturnType<typeof useRepeated<T>>
  /** What one of them is called, with its number. */
  name: (number: number) => string
  /** The words on the button that adds one. */
  add: string
  least?: number
  children: (value: T, change: (value: T) => void, place: number) => ReactNode
}) {
  const { t } = useLingui()
  const box = useRef<HTMLDivElement>(null)
  const focusLast = () =>
    window.setTimeout(() => {
      const rows = box.current?.querySelectorAll('fieldset')
      rows?.[rows.length - 1]?.querySelector<HTMLElement>('select, input, textarea, button')?.focus()
    })
  return (
    <div ref={box}>
      {several.rows.map(({ key, value }, place) => (
        <fieldset key={key} className={styles.several}>
          <legend>{name(place + 1)}</legend>
          {children(value, (changed) => several.set(key, changed), place)}
          {several.rows.length > least && (
            <Button
              variant="secondaryNoBorder"
              aria-label={t`Remove: ${name(place + 1)}`}
              onClick={() => {
                several.remove(key)
                window.setTimeout(() => box.current?.querySelector<HTMLElement>('[data-add]')?.focus())
              }}
            >
              {t`Remove`}
            </Button>
          )}
        </fieldset>
      ))}
      <Button
        variant="secondary"
        data-add
        onClick={() => {
          several.add()
          focusLast()
        }}
      >
        {add}
      </Button>
    </div>
  )
}
