import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, ask } from '../../../api/client'
import { Dialog } from '../../../ui/Dialog'
import { Failure, toast } from '../../../ui/Feedback'
import { inApp } from '../../../ui/Link'
import { withVersion } from '../../../ui/useWrite'
import styles from './Editor.module.css'
import { useEditing } from './editing'

/** Removes a draft that nobody else has ever seen. */
export function DeleteDraft() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { application, saving } = useEditing()
  const [opened, setOpened] = useState(false)
  const [error, setError] = useState<unknown>()
  if (application.state !== 'draft' || application.current_version !== null) return null

  async function remove() {
    setError(undefined)
    try {
      await saving.flush()
      const params = { path: { application_id: application.id }, header: withVersion(saving.known()) }
      await ask(api.DELETE('/api/v1/applications/{application_id}', { params }))
      saving.stop()
      toast(t`The draft is deleted.`)
      await navigate({ to: inApp('applications').path, ignoreBlocker: true })
    } catch (thrown) {
      setError(thrown)
    }
  }

  return (
    <>
      <div className={styles.buttons}>
        <Button variant="secondaryNoBorder" onClick={() => setOpened(true)}>{t`Delete the draft`}</Button>
      </div>
      <Dialog open={opened} title={t`Delete the draft?`} onClose={() => setOpened(false)}>
        <p>
          <Trans>All that has been written in it is gone then. This cannot be undone.</Trans>
        </p>
        {error !== undefined && <Failure error={error} />}
        <div className={styles.buttons}>
          <Button onClick={remove}>{t`Delete`}</Button>
          <Button variant="secondary" onClick={() => setOpened(false)}>{t`Keep it`}</Button>
        </div>
      </Dialog>
    </>
  )
}
