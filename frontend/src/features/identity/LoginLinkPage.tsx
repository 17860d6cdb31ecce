import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { api, ask } from '../../api/client'
import { signIn } from '../../lib/me'
import { Form } from '../../ui/Form'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { AskForMail } from './components/AskForMail'
import { useMailedToken } from './components/token'

/** Asks for a link, or uses one. It is used by a press of a button: programs that look through mail open links, too. */
export default function LoginLinkPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const token = useMailedToken()

  async function use(given: string) {
    signIn(await ask(api.POST('/api/v1/auth/login-link/use', { body: { token: given }, credentials: 'include' })))
    await navigate({ to: inApp('work').path })
  }

  if (token !== null)
    return (
      <Page title={t`Sign in with a link`} lead={t`The link from your mail works once.`}>
        <Form send={() => use(token)} label={t`Sign in`}>
          {() => null}
        </Form>
        <p>
          <Link to="login">{t`Sign in another way`}</Link>
        </p>
      </Page>
    )
  return (
    <Page title={t`Sign in with a link`} lead={t`You get a link by mail and need no password.`}>
      <AskForMail send={(email) => ask(api.POST('/api/v1/auth/login-link', { body: { email } }))} />
      <p>
        <Trans>
          You have a password? <Link to="login">Sign in with it</Link>
        </Trans>
      </p>
    </Page>
  )
}
