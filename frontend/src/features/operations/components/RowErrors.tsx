import { Plural, useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { Row, Rows } from '../../../ui/Cards'
import { ROW_FAULTS } from './rowFaults'

type RowError = Schemas['RowErrorPublic']

const SHOWN = 100

/** What is wrong in a file, row by row; the file of errors has the others. */
export function RowErrors({ of }: { of: RowError[] }) {
  const { t } = useLingui()
  const left = of.length - SHOWN
  return (
    <>
      <Rows>
        {of.slice(0, SHOWN).map((one) => (
          <Row
            key={`${one.row}-${one.column}-${one.message}`}
            head={t`Row ${one.row}`}
            meta={[one.column, one.value && `“${one.value}”`]}
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

function Fault({ of }: { of: RowError }) {
  const { t } = useLingui()
  const words = ROW_FAULTS[of.code ?? '']
  if (!words)
    return (
      <p lang="en" style={{ margin: 0 }}>
        {of.message}
      </p>
    )
  return (
    <p style={{ margin: 0 }}>
      {t(words)} {of.detail} {typeof of.first === 'number' && t`The same stands in row ${of.first}.`}
    </p>
  )
}
