import { useLingui } from '@lingui/react/macro'
import { type ComponentProps, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { Form } from '../../../ui/Form'
import { ChooseField, TextField } from '../../../ui/inputs'
import { fieldOf } from './columns'
import { FIELD_NAMES, FIELDS } from './fieldLabels'
import { useTypedRow } from './typedRows'
import type { ImportRow, Job } from './types'
import { useRowUpdate } from './useRowUpdate'
import { CODES } from './useValues'
import styles from './Wizard.module.css'

/** Cells of a row, corrected in place: those in which something is wrong, or `all`. */
export function Correcting({ of, job, all, done }: { of: ImportRow; job: Job; all: boolean; done: () => void }) {
  const { t } = useLingui()
  const { send } = useRowUpdate(job, of)
  const [typed, setTyped] = useState<Record<string, string>>({})
  const wrong = of.findings.map((one) => fieldOf(one.column, job, FIELDS[job.kind]))
  const shown = FIELDS[job.kind].filter((field) => all || wrong.includes(field))
  const held = (field: string) => of.corrected?.[field] ?? of.cells[field] ?? ''
  const cells = Object.fromEntries(Object.entries(typed).filter(([field, text]) => text !== held(field)))
  const form = useTypedRow(of.row, Object.keys(cells).length > 0)
  if (shown.length === 0) return null
  const save = async () => {
    if (Object.keys(cells).length > 0) await send({ cells }, t`The row has been corrected. Run the trial again.`)
    setTyped({})
    done()
  }
  return (
    <Form
      send={save}
      label={t`Correct row ${of.row}`}
      about={String(of.row)}
      handle={form}
      secondary={all && <Button variant="secondary" onClick={done}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <div className={styles.columns}>
          {shown.map((field, place) => {
            const name = FIELD_NAMES[field]
            const codes = CODES[field]
            if (codes)
              return (
                <Chosen
                  key={field}
                  label={name ? t(name) : field}
                  name={place === 0 ? 'cells' : `cells/${field}`}
                  codes={codes}
                  said={held(field)}
                  typed={typed[field]}
                  onChange={(code) => setTyped({ ...typed, [field]: code })}
                  fault={place === 0 ? faultOf('/cells') : undefined}
                />
              )
            return (
              <TextField
                key={field}
                label={name ? t(name) : field}
                name={place === 0 ? 'cells' : `cells/${field}`}
                value={typed[field] ?? held(field)}
                onChange={(text) => setTyped({ ...typed, [field]: text })}
                fault={place === 0 ? faultOf('/cells') : undefined}
              />
            )
          })}
        </div>
      )}
    </Form>
  )
}

/** One of the words that there are, with what the file says where it is none of them. */
function Chosen({
  label,
  name,
  codes,
  said,
  typed,
  onChange,
  fault,
}: {
  label: string
  name: string
  codes: (typeof CODES)[string]
  said: string
  typed: string | undefined
  onChange: (code: string) => void
  fault: ComponentProps<typeof ChooseField>['fault']
}) {
  const { t } = useLingui()
  return (
    <ChooseField
      label={label}
      hint={said && !(said in codes) ? t`In the file: ${said}` : undefined}
      name={name}
      value={typed ?? (said in codes ? said : '')}
      onChange={onChange}
      fault={fault}
      options={Object.entries(codes).map(([value, word]) => ({ value, label: t(word) }))}
    />
  )
}
