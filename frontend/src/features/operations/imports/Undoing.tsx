import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, problemOf } from '../../../api/client'
import { Dialog } from '../../../ui/Dialog'
import { Form } from '../../../ui/Form'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { BINDING, UNDO_DAYS } from './rowLabels'
import type { Job } from './types'

const DAY_MS = 86_400_000

/** Until when an import can be undone, or could be. */
export const undoUntil = ({ applied_at }: Job) =>
  applied_at === null ? null : new Date(Date.parse(applied_at) + UNDO_DAYS * DAY_MS).toISOString()

/** Whether the time for undoing an import has passed. */
export const tooLate = (of: Job) => {
  const until = undoUntil(of)
  return until === null || Date.now() > Date.parse(until)
}

/** Whether it may be tried: others may have used what it stored. */
export const canUndo = (of: Job) => !BINDING.includes(of.kind) && !tooLate(of)

interface Touched {
  row: number
  id: string
  name: string
}

/** A way to take back what an import stored; where others have touched its rows, they are named. */
export function Undoing({ of }: { of: Job }) {
  const { t } = useLingui()
  const write = useWrite('imports')
  const [asking, setAsking] = useState(false)
  const [touched, setTouched] = useState<Touched[]>([])
  if (!canUndo(of)) return null
  const close = () => setAsking(false)
  const undo = async () => {
    setTouched([])
    try {
      const params = { path: { job_id: of.id }, header: withVersion(of.version) }
      await write(api.POST('/api/v1/imports/{job_id}/undo', { params }))
    } catch (error) {
      setTouched((problemOf(error) as { touched?: Touched[] }).touched ?? [])
      throw error
    }
    close()
  }
  return (
    <>
      <Button variant="secondary" onClick={() => setAsking(true)}>{t`Undo the import`}</Button>
      <Dialog open={asking} title={t`Undo the import`} onClose={close}>
        <Form
          send={undo}
          label={t`Undo the import`}
          secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
        >
          {() => (
            <>
              <ul>
                <li>
                  <Plural value={of.created} one="# added row is removed" other="# added rows are removed" />
                </li>
                <li>
                  <Plural
                    value={of.changed}
                    one="# changed row gets its earlier details back"
                    other="# changed rows get their earlier details back"
                  />
                </li>
              </ul>
              <p>
                <Trans>This is done only if nobody has changed or used the rows since they were stored.</Trans>
              </p>
              {touched.length > 0 && (
                <ul>
                  {touched.map((one) => (
                    <li key={one.id}>
                      {t`Row ${one.row}`}: {one.name}
                    </li>
                  ))}
                </ul>
              )}
            </>
          )}
        </Form>
      </Dialog>
    </>
  )
}
