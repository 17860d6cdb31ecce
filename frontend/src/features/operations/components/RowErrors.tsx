import { Plural, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { Row, Rows } from '../../../ui/Cards'
import { FIELD_NAMES } from '../imports/fieldLabels'
import styles from './RowErrors.module.css'
import { ROW_FAULTS } from './rowFaults'

type RowError = Schemas['RowErrorPublic']

const SHOWN = 100
/** Faults that name fields, not what the file writes. */
const NAMES_FIELDS = new Set(['column_missing'])
/** What is said of a row that is not read, and so is nowhere in the list of rows. */
const OF_ROWS_LEFT = new Set(['total_left_out'])

/** What is wrong in a file, row by row; the file of errors has the others. */
export function RowErrors({ of }: { of: RowError[] }) {
  const { t } = useLingui()
  const column = useColumnName()
  const left = of.length - SHOWN
  return (
    <>
      <Rows>
        {of.slice(0, SHOWN).map((one) => (
          <Row
            key={`${one.row}-${one.column}-${one.message}`}
            head={t`Row ${one.row}`}
            meta={[column(one.column), one.value && `“${one.value}”`]}
          >
            <Fault of={one} />
          </Row>
        ))}
      </Rows>
      {left > 0 && (
        <p>
          <Plural value={left} one="# more is in the CSV file." other="# more are in the CSV file." />
        </p>
      )}
    </>
  )
}

/** What is wrong with a file as a whole, or what of it is not read: a sentence each. */
export function FileFaults({ of }: { of: RowError[] }) {
  const { t } = useLingui()
  const column = useColumnName()
  return (
    <ul className={styles.faults}>
      {of.map((one) => (
        <li key={`${one.row}-${one.column}-${one.code}`}>
          {one.column && one.code !== 'column_missing' && <b>{column(one.column)}: </b>}
          {OF_ROWS_LEFT.has(one.code ?? '') && <b>{t`Row ${one.row}`}: </b>}
          <Fault of={one} />
        </li>
      ))}
    </ul>
  )
}

/** A column as the file calls it; one that the file does not have by the name of its field. */
export function useColumnName() {
  const { t } = useLingui()
  return (column: string) => {
    const name = FIELD_NAMES[column]
    return name ? t(name) : column
  }
}

function Fault({ of }: { of: RowError }) {
  const { t } = useLingui()
  const column = useColumnName()
  const words = ROW_FAULTS[of.code ?? '']
  if (!words)
    return (
      <p lang="en" style={{ margin: 0 }}>
        {of.message}
      </p>
    )
  return (
    <p style={{ margin: 0 }}>
      {t(words)}{' '}
      {of.detail && NAMES_FIELDS.has(of.code ?? '') ? of.detail.split(', ').map(column).join(', ') : of.detail}{' '}
      {typeof of.first === 'number' && t`The same stands in row ${of.first}.`}
    </p>
  )
}
