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
        <Trans>If you leave this page now, what you have written since the last saving is lost.</Trans>
      </p>
      <div className={styles.buttons}>
        <Button onClick={reset}>{t`Stay on the page`}</Button>
        <Button variant="secondary" onClick={proceed}>{t`Leave and lose it`}</Button>
      </div>
    </Dialog>
  )
}
