import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { api, ask, queries } from '../../api/client'
import { close } from '../../api/session'
import { toast } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { KeptTies } from './components/KeptTies'
import { useMailedToken } from './components/token'

/** Erases an account with a mailed link, by a press of a button. */
export default function ErasePage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const token = useMailedToken()

  async function use(given: string) {
    await ask(api.POST('/api/v1/auth/erasure/use', { body: { token: given }, credentials: 'include' }))
    close()
    await navigate({ to: inApp('').path })
    queries.clear()
    toast(t`Your account has been erased.`)
  }

  return (
    <Page title={t`Erase my account`}>
      {token === null ? (
        <p>
          <Trans>Ask for the link on your profile, and open it from the mail.</Trans>{' '}
          <Link to="profile">{t`Profile`}</Link>
        </p>
      ) : (
        <Form send={() => use(token)} label={t`Erase for good`}>
          {() => (
            <p>
              <Trans>
                Your name and address are removed, your roles and sessions end. What you did in the name of an
                organisation stays on record without your name. This cannot be undone.
              </Trans>{' '}
              <KeptTies />
            </p>
          )}
        </Form>
      )}
    </Page>
  )
}
