import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import type { Run } from '../../../ui/Actions'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/write'

type Member = Schemas['MemberDetail']

/** How each step of a membership is taken. */
export function useMemberRuns(member: Member): Partial<Record<string, Run>> {
  const { t } = useLingui()
  const write = useWrite('networks')
  const path = { network_id: member.network_id, member_id: member.id }
  const at = { params: { path, header: withVersion(member.version) } }
  const base = '/api/v1/networks/{network_id}/members/{member_id}' as const
  return {
    accept: {
      label: t`Accept the invitation`,
      onClick: () => write(api.POST(`${base}/accept`, at), t`The organisation is now a member.`),
    },
    approve: {
      label: t`Take in`,
      onClick: () => write(api.POST(`${base}/approve`, at), t`The organisation is now a member.`),
    },
    refuse: { ends: true, label: t`Refuse`, onClick: () => write(api.POST(`${base}/refuse`, at), t`Refused.`) },
    leave: {
      ends: true,
      label: member.state === 'requested' ? t`Take the request back` : t`Leave the network`,
      form: (close) => <Leave member={member} close={close} />,
    },
    remove: {
      ends: true,
      label: member.state === 'invited' ? t`Take the invitation back` : t`Remove from the network`,
      form: (close) => <Remove member={member} close={close} />,
    },
    invite: { label: t`Invite again`, onClick: () => write(addAgain(member), t`Invited.`) },
    request: { label: t`Ask to join again`, onClick: () => write(addAgain(member), t`Asked to join.`) },
  }
}

const addAgain = (member: Member) =>
  api.POST('/api/v1/networks/{network_id}/members', {
    params: { path: { network_id: member.network_id } },
    body: { organisation_id: member.organisation_id },
  })

function Leave({ member, close }: { member: Member; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const path = { network_id: member.network_id, member_id: member.id }
  const requested = member.state === 'requested'
  return (
    <Form
      label={requested ? t`Take the request back` : t`Leave the network`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      send={async () => {
        await write(
          api.POST('/api/v1/networks/{network_id}/members/{member_id}/leave', {
            params: { path, header: withVersion(member.version) },
          }),
          requested ? t`The request is withdrawn.` : t`The membership has ended.`,
        )
        close()
      }}
    >
      {() => (
        <p>
          {requested
            ? t`The network then does not handle the request. The organisation can ask to join again later.`
            : t`The organisation then neither votes nor submits in this network.`}
        </p>
      )}
    </Form>
  )
}

function Remove({ member, close }: { member: Member; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [reason, setReason] = useState('')
  const path = { network_id: member.network_id, member_id: member.id }
  return (
    <Form
      label={member.state === 'invited' ? t`Take the invitation back` : t`Remove from the network`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (reason.trim() ? {} : { '/reason': t`Tell the reason.` })}
      send={async () => {
        await write(
          api.POST('/api/v1/networks/{network_id}/members/{member_id}/remove', {
            params: { path, header: withVersion(member.version) },
            body: { reason },
          }),
          member.state === 'invited' ? t`The invitation is taken back.` : t`The member is removed.`,
        )
        close()
      }}
    >
      {(faultOf) => (
        <TextArea
          label={t`Reason`}
          hint={t`The organisation sees it.`}
          name="reason"
          value={reason}
          onChange={setReason}
          fault={faultOf('/reason')}
          limit={2000}
        />
      )}
    </Form>
  )
}
