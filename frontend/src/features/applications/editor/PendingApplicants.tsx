import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { Failure } from '../../../ui/Feedback'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { useAnswerLabels } from '../components/writers'
import { useEditing } from './editing'

/** Further applicants that have not accepted stop the submission; one click names them among the partners instead. */
export function PendingApplicants() {
  const { t } = useLingui()
  const words = useAnswerLabels()
  const { application, saving } = useEditing()
  const write = useWrite('applications')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const waiting = application.co_applicants.filter((one) => one.answer !== 'accepted' || !one.confirmed)
  if (waiting.length === 0) return null

  async function release() {
    if (busy) return
    setBusy(true)
    setError(undefined)
    try {
      if (!(await saving.flush())) return
      const params = { path: { application_id: application.id }, header: withVersion(saving.known()) }
      const call = api.POST('/api/v1/applications/{application_id}/release_co_applicants', { params })
      await write(call, t`They are named among the partners now.`)
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }

  return (
    <InlineAlert status="warning" labelText={t`Not all further applicants have accepted`}>
      <ul>
        {waiting.map((one) => (
          <li key={one.id}>
            {textOf(one.names)}: {words(one)}
          </li>
        ))}
      </ul>
      <p>
        <Trans>
          They were asked by mail and are reminded after 2 and 5 days. The application can be submitted once all have
          accepted and are confirmed, or without them.
        </Trans>
      </p>
      {error !== undefined && <Failure error={error} />}
      <Button variant="secondary" aria-disabled={busy} onClick={release}>
        {t`Take out and name among the partners`}
      </Button>
    </InlineAlert>
  )
}
