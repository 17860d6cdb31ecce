import { Trans, useLingui } from '@lingui/react/macro'
import { InlineAlert } from 'suomifi-ui-components'
import { useMe } from '../lib/me'
import { Link } from '../ui/Link'

/** Mail comes back from the person's address: nothing else would tell them. */
export function MailFailing() {
  const { t } = useLingui()
  const me = useMe()
  if (!me?.mail_failed_at) return null
  return (
    <InlineAlert status="warning" labelText={t`Messages do not reach you`}>
      <Trans>
        Messages to {me.email} come back. <Link to="profile">Correct the address in your profile</Link>
      </Trans>
    </InlineAlert>
  )
}
