import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { useContext, useState } from 'react'
import { Block, Button, InlineAlert } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { Dialog } from '../../../ui/Dialog'
import { Failure } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { inApp } from '../../../ui/Link'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { FileWarnings, Rows, useCounts } from './Rows'
import { REASONS } from './rowLabels'
import { TypedRows, TypedRowsOf } from './typedRows'
import type { Job } from './types'
import styles from './Wizard.module.css'

/** What would happen, row by row; then it is stored, tried again or called off. */
export function Trial({ of }: { of: Job }) {
  const { t } = useLingui()
  const [typed] = useState(() => new TypedRows())
  const [refused, setRefused] = useState<number>()
  const save = async () => {
    const row = await typed.save()
    setRefused(row)
    return row === undefined
  }
  // on other pages it is kept on the device; of rows of another verdict the forms would be gone
  useBlocker({
    shouldBlockFn: async ({ current, next }) => current.pathname === next.pathname && typed.some() && !(await save()),
    enableBeforeUnload: false,
  })
  const counts = useCounts(of)
  const reason = of.reason ? REASONS[of.reason] : undefined
  const waiting = (counts?.near ?? 0) + (counts?.faulty ?? 0)
  return (
    <TypedRowsOf.Provider value={typed}>
      <div role="alert">
        {refused !== undefined && (
          <Block mb="m">
            <InlineAlert status="error">{t`Row ${refused} could not be saved. Correct it first.`}</InlineAlert>
          </Block>
        )}
      </div>
      {reason && (
        <Block mb="m">
          <InlineAlert status="error">{t(reason)}</InlineAlert>
        </Block>
      )}
      <p>
        <Trans>Nothing has been stored yet. Check the rows and then store them all at once.</Trans>
      </p>
      {counts && (
        <div role="status">
          {counts.untried > 0 ? (
            <p>
              <Plural
                value={counts.untried}
                one="You have decided or corrected # row. Run the trial again."
                other="You have decided or corrected # rows. Run the trial again."
              />
            </p>
          ) : (
            waiting > 0 && (
              <p>
                <Plural
                  value={waiting}
                  one="# row needs your decision or correction. You can also leave it out."
                  other="# rows need your decision or correction. You can also leave them out."
                />
              </p>
            )
          )}
        </div>
      )}
      {counts && <Next of={of} counts={counts} save={save} />}
      <FileWarnings of={of} />
      <Rows of={of} counts={counts} open />
    </TypedRowsOf.Provider>
  )
}

/** The way on. `save`: saves what is typed in rows; whether all of it went in. */
function Next({
  of,
  counts,
  save,
}: {
  of: Job
  counts: NonNullable<ReturnType<typeof useCounts>>
  save: () => Promise<boolean>
}) {
  const { t } = useLingui()
  const write = useWrite('imports')
  const typed = useContext(TypedRowsOf)
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'apply' | 'cancel'>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const params = { path: { job_id: of.id }, header: withVersion(of.version) }
  // rows of the chosen verdict may have another one afterwards
  const allRows = () => navigate({ to: inApp(`imports/${of.id}`).path })
  const again = async () => {
    if (busy) return
    setBusy(true)
    setError(undefined)
    try {
      if (!(await save())) return
      await write(api.POST('/api/v1/imports/{job_id}/try', { params, body: {} }))
      await allRows()
    } catch (error) {
      setError(error)
    } finally {
      setBusy(false)
    }
  }
  /** Corrections that were still typed ask for another trial first: then the button says so. */
  const store = async () => {
    if (typed.some()) await save()
    else setAsking('apply')
  }
  const close = () => setAsking(undefined)
  const apply = async () => {
    await write(api.POST('/api/v1/imports/{job_id}/apply', { params, body: { leave_out } }))
    close()
    await allRows()
  }
  const secondary = <Button variant="secondary" onClick={close}>{t`Cancel`}</Button>
  const left = counts.near + counts.faulty + counts.left_out
  const stored = counts.new + counts.changed
  const leave_out = counts.near + counts.faulty > 0
  return (
    <>
      {error !== undefined && <Failure error={error} />}
      <div className={styles.buttons}>
        {counts.untried > 0 ? (
          <Button aria-disabled={busy} onClick={again}>{t`Run the trial again`}</Button>
        ) : (
          stored + counts.unchanged > 0 && <Button onClick={store}>{t`Store the rows`}</Button>
        )}
        <Button variant="secondary" onClick={() => setAsking('cancel')}>{t`Cancel the import`}</Button>
      </div>
      <Dialog open={asking === 'apply'} title={t`Store the rows`} onClose={close}>
        <Form send={apply} label={leave_out ? t`Store and leave out the rest` : t`Store`} secondary={secondary}>
          {() => (
            <ul>
              {counts.new > 0 && (
                <li>
                  <Plural value={counts.new} one="# new row is added" other="# new rows are added" />
                </li>
              )}
              {counts.changed > 0 && (
                <li>
                  <Plural value={counts.changed} one="# row changes" other="# rows change" />
                </li>
              )}
              {counts.unchanged > 0 && (
                <li>
                  <Plural value={counts.unchanged} one="# row stays as it is" other="# rows stay as they are" />
                </li>
              )}
              {left > 0 && (
                <li>
                  <Plural value={left} one="# row is left out" other="# rows are left out" />
                </li>
              )}
            </ul>
          )}
        </Form>
      </Dialog>
      <Dialog open={asking === 'cancel'} title={t`Cancel the import`} onClose={close}>
        <Form
          send={() => write(api.POST('/api/v1/imports/{job_id}/cancel', { params })).then(close)}
          label={t`Cancel the import`}
          secondary={<Button variant="secondary" onClick={close}>{t`Close`}</Button>}
        >
          {() => (
            <p>
              <Trans>The file and your corrections are deleted. Nothing is stored.</Trans>
            </p>
          )}
        </Form>
      </Dialog>
    </>
  )
}
