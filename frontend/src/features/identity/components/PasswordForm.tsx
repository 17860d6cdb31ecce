import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { keep } from '../../../api/session'
import { type Faults, Form } from '../../../ui/Form'
import { useWrite } from '../../../ui/useWrite'
import { NewPasswordInput, PasswordInput, SHORTEST_PASSWORD } from './inputs'

/** A new password, or the first one. Other devices are signed out; this one goes on with a new session. */
export function PasswordForm({ has }: { has: boolean }) {
  const { t } = useLingui()
  const write = useWrite('me')
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')

  async function send() {
    const answer = await write(
      api.POST('/api/v1/me/password', {
        body: { password, current_password: has ? current : null },
        credentials: 'include',
      }),
      t`The password has changed. Other devices are signed out.`,
    )
    keep(answer)
    setCurrent('')
    setPassword('')
  }

  function check(): Faults {
    return {
      ...(has && !current ? { '/current_password': t`Write your present password.` } : {}),
      ...(password.length < SHORTEST_PASSWORD ? { '/password': t`The password is too short.` } : {}),
    }
  }

  return (
    <Form send={send} label={has ? t`Change the password` : t`Set a password`} check={check}>
      {(faultOf) => (
        <>
          {has && (
            <PasswordInput
              label={t`Present password`}
              name="current_password"
              value={current}
              onChange={setCurrent}
              fault={faultOf('/current_password')}
            />
          )}
          <NewPasswordInput value={password} onChange={setPassword} fault={faultOf('/password')} />
        </>
      )}
    </Form>
  )
}
