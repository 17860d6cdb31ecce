import { Trans, useLingui } from '@lingui/react/macro'
import { useRouterState } from '@tanstack/react-router'
import { Link } from '../ui/Link'
import { Page } from '../ui/Page'

/** In the place of a page that is only for those who are signed in. */
export function SignInFirst() {
  const { t } = useLingui()
  const { pathname, searchStr } = useRouterState({ select: (state) => state.location })
  const here = pathname.split('/').slice(2).join('/') + searchStr
  return (
    <Page title={t`Sign in to see this page`}>
      <p>
        <Trans>This page is for people who work in an organisation or a network here.</Trans>
      </p>
      <Link to={`login?to=${encodeURIComponent(here)}`}>{t`Sign in`}</Link>
    </Page>
  )
}
