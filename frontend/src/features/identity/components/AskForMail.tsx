import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { Form } from '../../../ui/Form'
import { EmailInput } from './inputs'

/** Have a link mailed. The answer is the same whether or not anybody has the address. */
export function AskForMail({ send, known = '' }: { send: (email: string) => Promise<unknown>; known?: string }) {
  const { t } = useLingui()
  const [email, setEmail] = useState(known)
  const [sent, setSent] = useState(false)
  if (sent)
    return (
      <>
        <div role="status">
          <InlineAlert labelText={t`Look into your mail`}>
            <Trans>
              If {email} has an account here, a link is on its way. It works once, within 15 minutes. Look among junk
              mail, too.
            </Trans>
          </InlineAlert>
        </div>
        <p>
          <Button variant="secondary" onClick={() => setSent(false)}>{t`Send to another address`}</Button>
        </p>
      </>
    )
  return (
    <Form send={() => send(email.trim()).then(() => setSent(true))} label={t`Send the link`}>
      {(faultOf) => <EmailInput value={email} onChange={setEmail} fault={faultOf('/email')} />}
    </Form>
  )
}
