import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import { Page } from '../ui/Page'

/** For a page that failed in the browser: what was saved is safe, and loading anew mostly helps. */
export function Broken() {
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
