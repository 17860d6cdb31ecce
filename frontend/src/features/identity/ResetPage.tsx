import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ask } from '../../api/client'
import { toast } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { AskForMail } from './components/AskForMail'
import { NewPasswordInput, SHORTEST_PASSWORD } from './components/inputs'
import { useMailedToken } from './components/token'

export default function ResetPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const token = useMailedToken()
  const [password, setPassword] = useState('')

  async function use(given: string) {
    await ask(api.POST('/api/v1/auth/password-reset/use', { body: { token: given, password } }))
    toast(t`The password has changed. Sign in with the new one.`)
    await navigate({ to: inApp('login').path })
  }

  if (token !== null)
    return (
      <Page title={t`Choose a new password`} lead={t`Once it has changed, you are signed out on all devices.`}>
        <Form
          send={() => use(token)}
          label={t`Change the password`}
          check={() => (password.length < SHORTEST_PASSWORD ? { '/password': t`The password is too short.` } : {})}
        >
          {(faultOf) => <NewPasswordInput value={password} onChange={setPassword} fault={faultOf('/password')} />}
        </Form>
      </Page>
    )
  return (
    <Page title={t`Choose a new password`} lead={t`You get a link by mail, with which you choose a password.`}>
      <AskForMail send={(email) => ask(api.POST('/api/v1/auth/password-reset', { body: { email } }))} />
      <p>
        <Link to="login">{t`Sign in`}</Link>
      </p>
    </Page>
  )
}
