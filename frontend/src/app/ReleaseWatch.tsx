import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { releaseChanged } from '../api/config'
import { leave } from '../api/session'
import styles from './ReleaseWatch.module.css'

const LOOK_MS = 5 * 60_000

/** Says when the service has a new version: now and then, when one comes back to the page, and when a part is gone. */
export function ReleaseWatch() {
  const { t } = useLingui()
  const [changed, setChanged] = useState(false)
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible')
        void releaseChanged().then((other) => {
          if (other) setChanged(true)
        })
    }
    const timer = window.setInterval(look, LOOK_MS)
    const events = ['vite:preloadError', 'online'] as const
    for (const one of events) window.addEventListener(one, look)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.clearInterval(timer)
      for (const one of events) window.removeEventListener(one, look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return (
    <div className={styles.release} role="status">
      {changed && (
        <InlineAlert labelText={t`The service has a new version`}>
          <p>
            <Trans>Load the page again to use it. What you have written stays on this device.</Trans>
          </p>
          <Button onClick={() => leave(() => window.location.reload())}>{t`Load again`}</Button>
        </InlineAlert>
      )}
    </div>
  )
}
