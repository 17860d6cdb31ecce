import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Block, Button, InlineAlert } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { download } from '../../../lib/download'
import { formatMoment, formatNumber } from '../../../lib/format'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { newOf } from '../components/importKinds'
import { ResultFile } from '../components/ResultFile'
import { RowErrors } from '../components/RowErrors'
import { FileWarnings, Rows, useCounts } from './Rows'
import { BINDING, REASONS, UNDO_DAYS } from './rowLabels'
import type { Job } from './types'
import { canUndo, tooLate, Undoing, undoUntil } from './Undoing'
import styles from './Wizard.module.css'

/** What became of an import that has ended, as a file too, and the way back. */
export function Result({ of }: { of: Job }) {
  const { t } = useLingui()
  const counts = useCounts(of)
  const [error, setError] = useState<unknown>()
  const stored = of.state === 'succeeded'
  const rows = counts && Object.values(counts).some((one) => one > 0)
  const reason = of.reason ? REASONS[of.reason] : undefined
  return (
    <>
      <div role="status">
        <Outcome of={of} />
      </div>
      {stored && reason && (
        <Block mb="m">
          <InlineAlert status="warning">{t(reason)}</InlineAlert>
        </Block>
      )}
      {stored && (
        <Facts
          facts={[
            [t`Added rows`, formatNumber(of.created)],
            [t`Changed`, formatNumber(of.changed)],
            [t`As before`, formatNumber(of.unchanged)],
            [t`Left out`, formatNumber(of.skipped)],
            [t`Stored`, formatMoment(of.applied_at)],
            [t`Can be undone until`, canUndo(of) && formatMoment(undoUntil(of))],
          ]}
        />
      )}
      {error !== undefined && <Failure error={error} />}
      <div className={styles.buttons}>
        {rows && <ResultFile of={of} />}
        {stored && <Undoing of={of} />}
        {of.state === 'undone' && of.file_kept && <Again of={of} onError={setError} />}
      </div>
      {stored && <NoUndo of={of} />}
      <p>
        <Link to={newOf(of)}>{t`Import another file`}</Link>
      </p>
      {rows ? <FileWarnings of={of} /> : of.errors.length > 0 && <Faults of={of} />}
      {rows && of.state !== 'cancelled' && <Rows of={of} counts={counts} open={false} />}
    </>
  )
}

/** What became of it, in a sentence. */
function Outcome({ of }: { of: Job }) {
  switch (of.state) {
    case 'succeeded':
      return (
        <p>
          <Trans>The rows have been stored.</Trans>
        </p>
      )
    case 'undone':
      return (
        <p>
          <Trans>The import was undone. Everything is as it was before.</Trans>
        </p>
      )
    case 'cancelled':
      return (
        <p>
          <Trans>The import was cancelled. Nothing of it stays.</Trans>
        </p>
      )
    case 'refused':
      return (
        <Block mb="m">
          <InlineAlert status="error">
            <Trans>Nothing was imported. Correct the file and send it again.</Trans>
          </InlineAlert>
        </Block>
      )
    default:
      return (
        <Block mb="m">
          <InlineAlert status="error">
            <Trans>The import could not be run, and nothing was changed. Send the file again.</Trans>
          </InlineAlert>
        </Block>
      )
  }
}

function Faults({ of }: { of: Job }) {
  const { t } = useLingui()
  const [error, setError] = useState<unknown>()
  const save = () =>
    download(
      api.GET('/api/v1/imports/{job_id}/errors.csv', { params: { path: { job_id: of.id } }, parseAs: 'blob' }),
      'import-errors.csv',
    ).catch(setError)
  return (
    <>
      {error !== undefined && <Failure error={error} />}
      <h3>{t`What is wrong`}</h3>
      {of.errors.length > 1 && (
        <p>
          <Button variant="secondary" onClick={save}>{t`Download as CSV`}</Button>
        </p>
      )}
      <RowErrors of={of.errors} />
    </>
  )
}

/** Why it cannot be undone, where that is known before it is tried. */
function NoUndo({ of }: { of: Job }) {
  if (BINDING.includes(of.kind))
    return (
      <p>
        <Trans>This import cannot be undone here. Others have already been shown what it stored.</Trans>
      </p>
    )
  if (!tooLate(of)) return null
  return (
    <p>
      <Plural
        value={UNDO_DAYS}
        one="An import can be undone for # day. That time has passed."
        other="An import can be undone for # days. That time has passed."
      />
    </p>
  )
}

function Again({ of, onError }: { of: Job; onError: (error: unknown) => void }) {
  const { t } = useLingui()
  const write = useWrite('imports')
  const params = { path: { job_id: of.id }, header: withVersion(of.version) }
  const again = () => write(api.POST('/api/v1/imports/{job_id}/try', { params, body: {} })).catch(onError)
  return <Button variant="secondary" onClick={again}>{t`Run the trial again`}</Button>
}
