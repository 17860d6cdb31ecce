import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { formatMoment } from '../../../lib/format'
import type { Me } from '../../../lib/me'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { useWrite } from '../../../ui/useWrite'

/** Whether mail gets through to the person's address, and what to do where it does not. */
export function MailState({ me }: { me: Me }) {
  const { t } = useLingui()
  const write = useWrite('me')
  const [error, setError] = useState<unknown>()
  const { email, mail_failed_at: since } = me
  if (!email) return null
  const facts = (
    <Facts
      facts={[
        [t`Address`, email],
        [t`Messages`, since ? t`Have come back since ${formatMoment(since)}` : t`No message has come back`],
      ]}
    />
  )
  if (!since) return facts
  const send = () =>
    write(api.POST('/api/v1/auth/login-link', { body: { email } }), t`A link is on its way. Open it.`).catch(setError)
  return (
    <>
      {facts}
      <p>
        <Trans>
          Change the address below if it is wrong. If it is right, send a link to it. Once you open the link, messages
          are sent to the address again.
        </Trans>
      </p>
      {error !== undefined && <Failure error={error} />}
      <p>
        <Button variant="secondary" onClick={() => void send()}>{t`Send a link to this address`}</Button>
      </p>
    </>
  )
}
