import { Trans, useLingui } from '@lingui/react/macro'
import { useBlocker } from '@tanstack/react-router'
import { Button } from 'suomifi-ui-components'
import { Dialog } from './Dialog'
import styles from './Form.module.css'

/** Asks before anything typed is lost. */
export function Leaving({ unsaved }: { unsaved: boolean }) {
  const { t } = useLingui()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  return (
    <Dialog open title={t`Something is not saved`} onClose={reset}>
      <p>
        <Trans>
          If you leave this page now, what you have written since the last saving is not saved. It stays on this device,
          and is offered when you come back.
        </Trans>
      </p>
      <div className={styles.buttons}>
        <Button onClick={reset}>{t`Stay on the page`}</Button>
        <Button variant="secondary" onClick={proceed}>{t`Leave without saving`}</Button>
      </div>
    </Dialog>
  )
}

/** Asks before what is not saved is deleted from the device, as it is when one signs out: others may use it next. */
export function UnsavedHere({ leave, stay }: { leave: () => void; stay: () => void }) {
  const { t } = useLingui()
  return (
    <Dialog open title={t`You have text here that is not saved`} onClose={stay}>
      <p>
        <Trans>If you sign out, it is deleted from this device.</Trans>
      </p>
      <div className={styles.buttons}>
        <Button onClick={stay}>{t`Stay signed in`}</Button>
        <Button variant="secondary" onClick={leave}>{t`Sign out and delete the text`}</Button>
      </div>
    </Dialog>
  )
}
