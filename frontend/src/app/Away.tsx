import { Trans, useLingui } from '@lingui/react/macro'
import { Page } from '../ui/Page'

/** In the place of one's own page until the service answers who one is. */
export function Away() {
  const { t } = useLingui()
  return (
    <Page title={t`There is no connection to the service`}>
      <p role="status">
        <Trans>
          This page opens by itself when the connection is back. What you have written stays on this device.
        </Trans>
      </p>
    </Page>
  )
}
