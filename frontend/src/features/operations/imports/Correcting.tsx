import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { Form } from '../../../ui/Form'
import { TextField } from '../../../ui/inputs'
import { fieldOf } from './columns'
import { FIELD_NAMES, FIELDS } from './fieldLabels'
import type { ImportRow, Job } from './types'
import { useRowUpdate } from './useRowUpdate'
import styles from './Wizard.module.css'

/** Cells of a row, corrected in place: those in which something is wrong, or `all`. */
export function Correcting({ of, job, all, done }: { of: ImportRow; job: Job; all: boolean; done: () => void }) {
  const { t } = useLingui()
  const { send } = useRowUpdate(job, of)
  const [typed, setTyped] = useState<Record<string, string>>({})
  const wrong = of.findings.map((one) => fieldOf(one.column, job, FIELDS[job.kind]))
  const shown = FIELDS[job.kind].filter((field) => all || wrong.includes(field))
  if (shown.length === 0) return null
  const held = (field: string) => of.corrected?.[field] ?? of.cells[field] ?? ''
  const save = async () => {
    const cells = Object.fromEntries(Object.entries(typed).filter(([field, text]) => text !== held(field)))
    if (Object.keys(cells).length > 0) await send({ cells }, t`The row has been corrected. Run the trial again.`)
    setTyped({})
    done()
  }
  return (
    <Form
      send={save}
      label={t`Save row ${of.row}`}
      secondary={all && <Button variant="secondary" onClick={done}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <div className={styles.columns}>
          {shown.map((field, place) => {
            const name = FIELD_NAMES[field]
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
