import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '../ui/Link'
import { Page } from '../ui/Page'

/** For addresses that lead nowhere. */
export function Missing() {
  const { t } = useLingui()
  return (
    <Page title={t`There is no such page`}>
      <p>
        <Trans>The address may be mistyped, or what was here is gone or not open to you.</Trans>
      </p>
      <Link to="">{t`Go to the front page`}</Link>
    </Page>
  )
}
