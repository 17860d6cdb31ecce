import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, ask } from '../../../api/client'
import type { Me } from '../../../lib/me'
import { Failure, toast } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { CheckField } from '../../../ui/inputs'
import { withVersion } from '../../../ui/useWrite'
import { PasswordInput } from './inputs'
import { KeptTies } from './KeptTies'

/** The end of one's account: by the password, or by a link to one's own mailbox. */
export function Erasing({ me, erased, close }: { me: Me; erased: () => Promise<void>; close: () => void }) {
  const { t } = useLingui()
  const [sure, setSure] = useState(false)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<unknown>()

  async function send() {
    if (me.has_password) {
      await ask(api.POST('/api/v1/me/erase', { params: { header: withVersion(me.version) }, body: { password } }))
      await erased()
      return
    }
    await mail()
  }

  async function mail() {
    await ask(api.POST('/api/v1/me/erasure-link'))
    toast(t`The link has been sent to your email address.`)
    close()
  }

  return (
    <Form
      send={send}
      label={me.has_password ? t`Erase for good` : t`Send me the link`}
      check={() => ({
        ...(sure ? {} : { '/sure': t`Confirm that you know what happens.` }),
        ...(me.has_password && !password ? { '/password': t`Write your present password.` } : {}),
      })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <>
          {me.has_password ? (
            <PasswordInput
              label={t`Present password`}
              name="password"
              value={password}
              onChange={setPassword}
              fault={faultOf('/password')}
            />
          ) : (
            <p>
              <Trans>You get a link by mail. The account is erased with it.</Trans>
            </p>
          )}
          <p>
            <KeptTies />
          </p>
          <CheckField
            label={t`I know that my account cannot be brought back`}
            name="sure"
            value={sure}
            onChange={setSure}
            fault={faultOf('/sure')}
          />
          {me.has_password && (
            <p>
              <Button
                variant="secondaryNoBorder"
                onClick={() => void mail().catch(setError)}
              >{t`Use a link sent by mail instead`}</Button>
            </p>
          )}
          {error !== undefined && <Failure error={error} />}
        </>
      )}
    </Form>
  )
}
