import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Block, TextInput } from 'suomifi-ui-components'
import { api, ask } from '../../api/client'
import { signIn } from '../../lib/me'
import { Form } from '../../ui/Form'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { NewPasswordInput, SHORTEST_PASSWORD } from './components/inputs'
import { useMailedToken } from './components/token'

/** Accepts a mailed invitation. Where the account is there already, only the role is added: name and password stay. */
export default function InvitationPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const token = useMailedToken()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')

  async function accept(given: string) {
    const body = { token: given, name: name.trim() || null, password: password || null }
    signIn(await ask(api.POST('/api/v1/invitations/accept', { body, credentials: 'include' })))
    await navigate({ to: inApp('work').path })
  }

  if (token === null)
    return (
      <Page title={t`Accept an invitation`}>
        <p>
          <Trans>Open the link in the mail with which you were invited: it leads here and works once.</Trans>
        </p>
        <Link to="login">{t`Sign in`}</Link>
      </Page>
    )
  return (
    <Page
      title={t`Accept an invitation`}
      lead={t`Nothing more is needed than to accept. If you have an account already, leave the fields empty.`}
    >
      <Form
        send={() => accept(token)}
        label={t`Accept the invitation`}
        check={() =>
          password && password.length < SHORTEST_PASSWORD ? { '/password': t`The password is too short.` } : {}
        }
      >
        {(faultOf) => (
          <>
            <Block mb="m">
              <TextInput
                labelText={t`Your name`}
                hintText={t`If it should be another than in the mail.`}
                optionalText={t`optional`}
                name="name"
                autoComplete="name"
                value={name}
                onChange={(value) => setName(String(value ?? ''))}
                {...faultOf('/name')}
              />
            </Block>
            <NewPasswordInput optional value={password} onChange={setPassword} fault={faultOf('/password')} />
          </>
        )}
      </Form>
    </Page>
  )
}
