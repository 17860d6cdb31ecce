import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, ask } from '../../api/client'
import { Failure } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useMailedToken } from './components/token'

/** Confirms another address, or says no to it, with the link that came to one of the two. */
export default function AddressPage() {
  const { t } = useLingui()
  const token = useMailedToken()
  const [done, setDone] = useState<string>()
  const [error, setError] = useState<unknown>()

  async function confirm(given: string) {
    const answer = await ask(api.POST('/api/v1/auth/email-change/use', { body: { token: given } }))
    setDone(
      answer.changed
        ? t`The address has changed. Sign in with the new one from now on.`
        : t`Confirmed. The address changes once the other one has been confirmed too.`,
    )
  }

  async function cancel(given: string) {
    await ask(api.POST('/api/v1/auth/email-change/cancel', { body: { token: given } }))
    setDone(t`The address stays as it is.`)
  }

  return (
    <Page title={t`Change of the email address`}>
      {done !== undefined ? (
        <p role="status">{done}</p>
      ) : token === null ? (
        <p>
          <Trans>Open the link from the mail. You can ask for the change on your profile.</Trans>{' '}
          <Link to="profile">{t`Profile`}</Link>
        </p>
      ) : (
        <>
          {error !== undefined && <Failure error={error} />}
          <Form
            send={() => confirm(token)}
            label={t`Confirm the address`}
            secondary={
              <Button
                variant="secondary"
                onClick={() => void cancel(token).catch(setError)}
              >{t`Keep the present address`}</Button>
            }
          >
            {() => null}
          </Form>
        </>
      )}
    </Page>
  )
}
