import { useLingui } from '@lingui/react/macro'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { flushSync } from 'react-dom'
import { Button, IconPlus, IconRemove } from 'suomifi-ui-components'
import { TypedInto, useTyped } from '../lib/typed'
import styles from './RowsEditor.module.css'

/** Rows of a list that one adds and removes; Enter in a row adds one below, the focus goes where one goes on. */
export function RowsEditor<R extends { key: string }>({
  label,
  add,
  rows,
  blank,
  titleOf,
  onChange,
  above,
  below,
  children,
}: {
  label: string
  /** The words on the button that adds a row. */
  add: string
  rows: R[]
  blank: () => R
  /** What a row is called, for the button that removes it. */
  titleOf: (row: R, place: number) => string
  onChange: (rows: R[]) => void
  /** What stands under the label. */
  above?: ReactNode
  /** What stands under the rows, such as their sum. */
  below?: ReactNode
  children: (row: R, change: (changed: Partial<R>) => void, place: number) => ReactNode
}) {
  const { t } = useLingui()
  const alter = useTyped(`rows ${label}`, rows, onChange)
  const box = useRef<HTMLFieldSetElement>(null)
  // drawn at once, so that what one types next goes to the right place
  function change(changed: R[], place: number) {
    flushSync(() => alter(changed))
    const row = box.current?.querySelectorAll('li')[Math.max(0, place)]
    const next =
      row?.querySelector<HTMLElement>('input:not([type=hidden]), textarea, button') ??
      box.current?.querySelector('button')
    next?.focus()
  }
  const insert = () => change([...rows, blank()], rows.length)
  const remove = (place: number) =>
    change(
      rows.filter((_, at) => at !== place),
      place < rows.length - 1 ? place : place - 1,
    )

  function pressed(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    insert()
  }

  return (
    <TypedInto.Provider value={null}>
      <fieldset ref={box} className={styles.fieldset}>
        <legend>{label}</legend>
        {above}
        {rows.length > 0 && (
          <ol className={styles.rows}>
            {rows.map((row, place) => (
              <li key={row.key} className={styles.row} onKeyDown={pressed}>
                {children(
                  row,
                  (changed) => alter(rows.map((one) => (one.key === row.key ? { ...one, ...changed } : one))),
                  place,
                )}
                <Button
                  variant="secondaryNoBorder"
                  icon={<IconRemove />}
                  aria-label={t`Remove: ${titleOf(row, place)}`}
                  onClick={() => remove(place)}
                >
                  {t`Remove`}
                </Button>
              </li>
            ))}
          </ol>
        )}
        {below}
        <Button variant="secondary" icon={<IconPlus />} onClick={insert}>
          {add}
        </Button>
      </fieldset>
    </TypedInto.Provider>
  )
}
