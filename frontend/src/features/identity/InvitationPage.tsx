import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ask, query, type Schemas } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { signIn } from '../../lib/me'
import { Facts } from '../../ui/Facts'
import { Failure, Skeleton } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { ChecksField, TextField } from '../../ui/inputs'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { NewPasswordInput, SHORTEST_PASSWORD } from './components/inputs'
import { useMailedToken } from './components/token'

type Invitation = Schemas['InvitationShown']
type Also = Invitation['may_also_take'][number]

/** Who invites to what, and the yes to it. The link itself changes nothing until it is given. */
export default function InvitationPage() {
  const { t } = useLingui()
  const token = useMailedToken()
  return (
    <Page title={t`Accept an invitation`}>
      {token === null ? (
        <>
          <p>
            <Trans>Open the link in the mail with which you were invited: it leads here and works once.</Trans>
          </p>
          <Link to="login">{t`Sign in`}</Link>
        </>
      ) : (
        <Mailed token={token} />
      )}
    </Page>
  )
}

function Mailed({ token }: { token: string }) {
  const { t } = useLingui()
  const [accepted, setAccepted] = useState(false)
  const body = { token }
  // once accepted the link says nothing any more
  const found = query.useQuery('post', '/api/v1/invitations/read', { body }, { retry: false, enabled: !accepted })
  if (accepted) return <Skeleton />
  if (found.error)
    return (
      <>
        <Failure error={found.error} />
        <p>
          <Trans>Ask whoever invited you to send the invitation again. If you have used it already, sign in.</Trans>
        </p>
        <Link to="login">{t`Sign in`}</Link>
      </>
    )
  return found.data ? <Shown token={token} invitation={found.data} accepted={() => setAccepted(true)} /> : <Skeleton />
}

function Shown({ token, invitation, accepted }: { token: string; invitation: Invitation; accepted: () => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const [name, setName] = useState(invitation.name)
  const [password, setPassword] = useState('')
  const [also, setAlso] = useState<string[]>(invitation.may_also_take)
  const fresh = !invitation.has_account
  const first = invitation.may_also_take.length > 0

  async function accept() {
    const account = fresh ? { name: name.trim() || null, password: password || null } : {}
    const body = { token, ...account, also: also as Also[] }
    const session = await ask(api.POST('/api/v1/invitations/accept', { body, credentials: 'include' }))
    accepted()
    signIn(session)
    const begins = invitation.role === 'owner' && invitation.scope_kind === 'organisation'
    await navigate({ to: inApp(begins ? `organisations/${invitation.scope_id}/start` : 'work').path })
  }

  return (
    <>
      <Facts
        facts={[
          [t`Who invites`, invitation.inviter],
          [
            invitation.scope_kind === 'network' ? t`Network` : t`Organisation`,
            textOf(invitation.scope_names ?? undefined),
          ],
          [t`Speaks for`, textOf(invitation.for_organisation_names ?? undefined)],
          [t`Role`, t(enumLabels.Role[invitation.role])],
          [t`Your address`, invitation.email],
          [t`Can be accepted until`, formatMoment(invitation.expires_at)],
        ]}
      />
      <Form
        send={accept}
        label={t`Accept the invitation`}
        check={() =>
          password && password.length < SHORTEST_PASSWORD ? { '/password': t`The password is too short.` } : {}
        }
      >
        {(faultOf) => (
          <>
            {first && (
              <ChecksField
                label={t`You are the first here. You also`}
                hint={t`You can give these roles to others later.`}
                name="also"
                value={also}
                onChange={setAlso}
                fault={faultOf('/also')}
                options={[
                  { value: 'editor', label: t`write and submit applications (editor)` },
                  { value: 'signatory', label: t`sign agreements (signatory)` },
                ]}
              />
            )}
            {fresh ? (
              <>
                <TextField
                  label={t`Your name`}
                  name="name"
                  autoComplete="name"
                  value={name}
                  onChange={setName}
                  fault={faultOf('/name')}
                />
                <NewPasswordInput optional value={password} onChange={setPassword} fault={faultOf('/password')} />
              </>
            ) : (
              <p>
                <Trans>You have an account already: only the role is added.</Trans>
              </p>
            )}
          </>
        )}
      </Form>
    </>
  )
}
