import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { useArrived } from '../../../lib/urlState'
import { Actions } from '../../../ui/Actions'
import { Form } from '../../../ui/Form'
import { inApp, Link } from '../../../ui/Link'
import { useWrite, withVersion } from '../../../ui/useWrite'

type Application = Schemas['ApplicationPublic']

/** What can be done with the application; submitting happens in the editor, where one sees what is missing. */
export function ApplicationActions({ application, mayEdit }: { application: Application; mayEdit: boolean }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const arrival = useArrived()
  const write = useWrite('applications', 'handlings', 'partner-requests', 'tasks')
  const params = { path: { application_id: application.id }, header: withVersion(application.version) }
  const close = () => write(api.POST('/api/v1/applications/{application_id}/close', { params }), t`It is closed.`)

  async function goOn() {
    const call = api.POST('/api/v1/applications/{application_id}/continue', { params })
    const made = await write(call, t`Next year's draft has begun.`)
    await navigate({ to: inApp(`applications/${made.id}/edit`).path })
  }

  return (
    <>
      {mayEdit && (
        <p>
          <Link to={`applications/${application.id}/edit`}>{t`Edit the application`}</Link>
        </p>
      )}
      <Actions
        {...arrival}
        of={application.available_actions}
        run={{
          // in the editor, beside what is missing
          submit: null,
          close: { ends: true, label: t({ message: 'Close', context: 'application' }), onClick: close },
          continue: { label: t`Begin next year's application`, onClick: goOn },
          withdraw: {
            ends: true,
            label: t`Withdraw`,
            form: (shut) => <WithdrawForm application={application} close={shut} />,
          },
        }}
      />
    </>
  )
}

function WithdrawForm({ application, close }: { application: Application; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('applications', 'handlings', 'partner-requests', 'endorsements', 'tasks')
  async function send() {
    const params = { path: { application_id: application.id }, header: withVersion(application.version) }
    await write(
      api.POST('/api/v1/applications/{application_id}/withdraw', { params }),
      t`The application is withdrawn.`,
    )
    close()
  }
  return (
    <Form
      send={send}
      label={t`Withdraw the application`}
      secondary={<Button variant="secondary" onClick={close}>{t`Do not withdraw`}</Button>}
    >
      {() => (
        <p>
          <Trans>
            Its handlings in the networks and its requests to authorities end, and its puumerkki no longer hold. This
            cannot be undone.
          </Trans>
        </p>
      )}
    </Form>
  )
}
