import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Block, Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import { api, ask, problemOf } from '../../api/client'
import { keep } from '../../api/session'
import { useFilters } from '../../lib/address'
import { problemText } from '../../lib/problems'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'

export default function LoginPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [{ to = 'work' }] = useFilters<'to'>()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState('')
  const [busy, setBusy] = useState(false)

  async function signIn(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFailure('')
    try {
      keep(await ask(api.POST('/api/v1/auth/login', { body: { email, password }, credentials: 'include' })))
      const { path, search } = inApp(to)
      await navigate({ to: path, search: search as never })
    } catch (error) {
      setFailure(t(problemText(problemOf(error))))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Page title={t`Sign in`}>
      <form onSubmit={signIn} noValidate>
        <div role="alert">
          {failure && (
            <Block mb="m">
              <InlineAlert status="error">{failure}</InlineAlert>
            </Block>
          )}
        </div>
        <Block mb="m">
          <TextInput
            labelText={t`Email`}
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(value) => setEmail(String(value ?? ''))}
          />
        </Block>
        <Block mb="m">
          <TextInput
            labelText={t`Password`}
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(value) => setPassword(String(value ?? ''))}
          />
        </Block>
        <Button type="submit" aria-disabled={busy}>{t`Sign in`}</Button>
      </form>
      <p>
        <Trans>
          No password at hand? <Link to="login-link">Get a link to sign in by mail</Link>
        </Trans>
      </p>
    </Page>
  )
}
