import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { Button } from 'suomifi-ui-components'
import { Page } from '../ui/Page'

/** How browsers call a part of the app that did not come. */
const MISSING = /dynamically imported module|importing a module script|Unable to preload/i

/** For a page that failed in the browser, or could not be fetched: what was saved is safe, and loading anew mostly helps. */
export function Broken({ error }: { error: unknown }) {
  return error instanceof Error && MISSING.test(error.message) ? <NotFetched /> : <Failed />
}

function Failed() {
  const { t } = useLingui()
  return (
    <Page title={t`Something went wrong on this page`}>
      <p>
        <Trans>What you had saved is safe. Load the page again.</Trans>
      </p>
      <Button onClick={() => window.location.reload()}>{t`Load again`}</Button>
    </Page>
  )
}

/** A page that is not on the device, without a connection: it is loaded when that is back. */
function NotFetched() {
  const { t } = useLingui()
  useEffect(() => {
    const reload = () => window.location.reload()
    window.addEventListener('online', reload)
    return () => window.removeEventListener('online', reload)
  }, [])
  return (
    <Page title={t`This page could not be fetched`}>
      <p>
        <Trans>Check your connection. What you have written stays on this device.</Trans>
      </p>
      <Button onClick={() => window.location.reload()}>{t`Load again`}</Button>
    </Page>
  )
}
