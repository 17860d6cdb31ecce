import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatNumber } from '../../../lib/format'
import { Failure } from '../../../ui/Feedback'
import { Progress } from '../../../ui/Progress'
import { useWrite, withVersion } from '../../../ui/useWrite'
import styles from './Wizard.module.css'

/** How far the job is, and a way to stop it. */
export function Running({ of }: { of: Schemas['ImportDetails'] }) {
  const { t } = useLingui()
  const [error, setError] = useState<unknown>()
  const write = useWrite('imports')
  const stopping = {
    trial: t`This is being cancelled. Nothing of it stays.`,
    apply: t`This is being cancelled. Nothing is stored.`,
    undo: t`The undoing is being stopped. Everything stays as the import stored it.`,
  }[of.step]
  const cancel = () =>
    write(
      api.POST('/api/v1/imports/{job_id}/cancel', {
        params: { path: { job_id: of.id }, header: withVersion(of.version) },
      }),
      stopping,
    ).catch(setError)
  const read = formatNumber(of.rows_read)
  return (
    <>
      <p>
        {of.state === 'queued' ? t`The import waits for its turn.` : t`You can leave this page. The work continues.`}
      </p>
      <Progress label={t`Progress`} done={of.percent ?? 0} total={of.percent === null ? null : 100} />
      <p>
        {of.rows_total ? (
          <Trans>
            Rows: {read} / {formatNumber(of.rows_total)}
          </Trans>
        ) : (
          <Trans>Rows read: {read}</Trans>
        )}
      </p>
      {error !== undefined && <Failure error={error} />}
      {of.cancel_asked ? (
        <p>{stopping}</p>
      ) : (
        <div className={styles.buttons}>
          <Button variant="secondary" onClick={cancel}>
            {of.step === 'undo' ? t`Stop undoing` : t`Cancel the import`}
          </Button>
        </div>
      )}
    </>
  )
}
