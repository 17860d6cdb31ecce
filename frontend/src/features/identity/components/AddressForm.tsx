import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { formatMoment } from '../../../lib/format'
import type { Me } from '../../../lib/me'
import { Facts } from '../../../ui/Facts'
import { Failure } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { TextField } from '../../../ui/inputs'
import { useWrite } from '../../../ui/useWrite'

/** Another address: it changes once both mailboxes have confirmed it. */
export function AddressForm({ me }: { me: Me }) {
  const { t } = useLingui()
  const write = useWrite('me')
  const [email, setEmail] = useState('')
  const [error, setError] = useState<unknown>()
  const asked = me.email_change
  if (asked)
    return (
      <>
        <Facts
          facts={[
            [t`New address`, asked.email],
            [t`Confirmed from the present address`, asked.old_confirmed ? t`Yes` : t`Not yet`],
            [t`Confirmed from the new address`, asked.new_confirmed ? t`Yes` : t`Not yet`],
            [t`The links work until`, formatMoment(asked.expires_at)],
          ]}
        />
        {error !== undefined && <Failure error={error} />}
        <Button
          variant="secondary"
          onClick={() =>
            void write(api.DELETE('/api/v1/me/email-change'), t`The address stays as it is.`).catch(setError)
          }
        >{t`Keep the present address`}</Button>
      </>
    )
  return (
    <Form
      label={t`Change the address`}
      check={() => (email.includes('@') ? {} : { '/email': t`Give an email address.` })}
      send={async () => {
        await write(
          api.POST('/api/v1/me/email-change', { body: { email } }),
          t`Links have been sent to both addresses.`,
        )
      }}
    >
      {(faultOf) => (
        <TextField
          label={t`New email address`}
          hint={t`Both addresses get a link. The address changes once both have been confirmed.`}
          name="email"
          type="email"
          autoComplete="email"
          value={email}
          onChange={setEmail}
          fault={faultOf('/email')}
        />
      )}
    </Form>
  )
}
