import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { api, query, type Schemas } from '../../api/client'
import { textOf } from '../../lib/language'
import { useParam } from '../../lib/urlState'
import { Empty, Loaded } from '../../ui/Feedback'
import { inApp } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useWrite, withVersion } from '../../ui/useWrite'
import { type CallContent, CallForm } from './components/CallForm'

export default function EditCallPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/calls/{call_id}', { params: { path: { call_id: id } } })
  const name = textOf(found.data?.names)
  return (
    <Page
      title={t`Change the call`}
      crumbs={[
        { to: 'calls', label: t`Calls` },
        { to: `calls/${id}`, label: name || t`Call` },
      ]}
    >
      <Loaded query={found}>
        {(call) =>
          call.available_actions.length > 0 ? (
            <Change call={call} />
          ) : (
            <Empty>{t`This call cannot be changed, or not by you.`}</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

function Change({ call }: { call: Schemas['CallPublic'] }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useWrite('calls')
  const params = { path: { call_id: call.id }, header: withVersion(call.version) }
  async function send(content: CallContent) {
    const { names, programme, descriptions, website, closes_at } = content
    const body = call.state === 'draft' ? content : { names, programme, descriptions, website, closes_at }
    await write(api.PATCH('/api/v1/calls/{call_id}', { params, body }), t`The call is changed.`)
    await navigate({ to: inApp(`calls/${call.id}`).path })
  }
  return <CallForm call={call} fixed={call.state !== 'draft'} label={t`Save`} send={send} />
}
