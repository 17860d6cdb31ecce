import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ask } from '../../api/client'
import { signIn } from '../../lib/me'
import { useFilters } from '../../lib/urlState'
import { Form } from '../../ui/Form'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { EmailInput, PasswordInput } from './components/inputs'

export default function LoginPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [{ to = 'work' }] = useFilters<'to'>()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')

  async function send() {
    signIn(await ask(api.POST('/api/v1/auth/login', { body: { email, password }, credentials: 'include' })))
    const { path, search } = inApp(to)
    await navigate({ to: path, search: search as never })
  }

  return (
    <Page title={t`Sign in`}>
      <Form send={send} label={t`Sign in`}>
        {(faultOf) => (
          <>
            <EmailInput value={email} onChange={setEmail} fault={faultOf('/email')} />
            <PasswordInput
              label={t`Password`}
              name="password"
              value={password}
              onChange={setPassword}
              fault={faultOf('/password')}
            />
          </>
        )}
      </Form>
      <p>
        <Trans>
          No password at hand? <Link to="login-link">Get a link to sign in by mail</Link>
        </Trans>
      </p>
      <p>
        <Link to="reset">{t`Choose a new password`}</Link>
      </p>
    </Page>
  )
}
