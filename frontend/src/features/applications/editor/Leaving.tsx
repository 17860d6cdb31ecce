import { Trans, useLingui } from '@lingui/react/macro'
import { useBlocker } from '@tanstack/react-router'
import { Button } from 'suomifi-ui-components'
import { Dialog } from '../../../ui/Dialog'
import styles from './Editor.module.css'
import { useEditing } from './editing'

/** Saves when one leaves the page; where that cannot be, asks before anything typed is lost. */
export function Leaving() {
  const { t } = useLingui()
  const { saving } = useEditing()
  const { status, proceed, reset } = useBlocker({
    // another step is the same page
    shouldBlockFn: async ({ current, next }) => current.pathname !== next.pathname && !(await saving.flush()),
    enableBeforeUnload: () => !saving.clean(),
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
