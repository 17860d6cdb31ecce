import { useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import type { Runs } from '../../../ui/Actions'
import { toast } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { Propose, View } from './proposing'

type Member = Schemas['MemberDetail']

/** How each step of a membership is taken. */
export function useMemberRuns(member: Member): Runs<Schemas['MemberAction']> {
  const { t } = useLingui()
  const write = useWrite('networks')
  const path = { network_id: member.network_id, member_id: member.id }
  const at = { params: { path, header: withVersion(member.version) } }
  const base = '/api/v1/networks/{network_id}/members/{member_id}' as const
  const joins = async (call: Promise<{ data?: Member; error?: unknown }>) => {
    const { state } = await write(call)
    toast(
      state === 'active'
        ? t`The organisation is now a member.`
        : t`A second person has been asked to confirm the membership.`,
    )
  }
  return {
    accept: { label: t`Accept the invitation`, onClick: () => joins(api.POST(`${base}/accept`, at)) },
    approve: { label: t`Take in`, onClick: () => joins(api.POST(`${base}/approve`, at)) },
    object: member.objection_until
      ? {
          ends: true,
          label: t`Object to the membership`,
          onClick: () => write(api.POST(`${base}/object`, at), t`The membership has ended.`),
        }
      : null,
    refuse: { ends: true, label: t`Refuse`, onClick: () => write(api.POST(`${base}/refuse`, at), t`Refused.`) },
    leave: {
      ends: true,
      label: member.state === 'requested' ? t`Take the request back` : t`Leave the network`,
      form: (close) => <Leave member={member} close={close} />,
    },
    remove: {
      ends: true,
      label: member.state === 'invited' ? t`Take the invitation back` : t`Propose removal`,
      form: (close) => <Propose member={member} kind="remove" close={close} />,
    },
    take_vote: {
      ends: true,
      label: t`Propose to take its vote`,
      form: (close) => <Propose member={member} kind="take_vote" close={close} />,
    },
    state_view: { label: t`State your view`, form: (close) => <View member={member} close={close} /> },
    confirm_proposal: {
      ends: true,
      label: t`Confirm as the second person`,
      onClick: () => write(api.POST(`${base}/proposal/confirm`, at), t`What was proposed is confirmed.`),
    },
    drop_proposal: {
      ends: true,
      label: t`Drop the proposal`,
      onClick: () => write(api.POST(`${base}/proposal/drop`, { ...at, body: {} }), t`The proposal is dropped.`),
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
