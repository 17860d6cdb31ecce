import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { formatMoment } from '../../../lib/format'
import { Facts } from '../../../ui/Facts'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/useWrite'

type Member = Schemas['MemberDetail']
const base = '/api/v1/networks/{network_id}/members/{member_id}' as const

/** What is proposed about the member, what it says, and from when it can be confirmed. */
export function Proposed({ proposal }: { proposal: NonNullable<Member['proposal']> }) {
  const { t } = useLingui()
  if (proposal.kind === 'admit') {
    return (
      <>
        <Facts
          facts={[
            [t`Proposed`, t`the organisation becomes a member`],
            [t`Lapses unless confirmed by`, formatMoment(proposal.open_until)],
          ]}
        />
        <p>
          {t`The coordinator has or had a role in the organisation, or added it. That is why a second person confirms the membership.`}
        </p>
      </>
    )
  }
  return (
    <Facts
      facts={[
        [t`Proposed`, proposal.kind === 'remove' ? t`the membership ends` : t`the member no longer votes`],
        [t`Reason`, proposal.reason],
        [t`Can be confirmed from`, formatMoment(proposal.heard_until)],
        [t`The member's view`, proposal.view],
      ]}
    />
  )
}

/** The coordinator's proposal: a reason, which the member sees. An invitation is taken back at once. */
export function Propose({ member, kind, close }: { member: Member; kind: 'remove' | 'take_vote'; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [reason, setReason] = useState('')
  const at = {
    params: {
      path: { network_id: member.network_id, member_id: member.id },
      header: withVersion(member.version),
    },
    body: { reason },
  }
  const invited = member.state === 'invited'
  const send = () => (kind === 'remove' ? api.POST(`${base}/remove`, at) : api.POST(`${base}/take_vote`, at))
  return (
    <Form
      label={invited ? t`Take the invitation back` : t`Propose`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (reason.trim() ? {} : { '/reason': t`Tell the reason.` })}
      send={async () => {
        await write(send(), invited ? t`The invitation is taken back.` : t`Proposed. The member has been told.`)
        close()
      }}
    >
      {(faultOf) => (
        <>
          {!invited && (
            <p>
              {t`The member has seven days to state its view. Then a second person can confirm the proposal. It concerns applications that arrive after that.`}
            </p>
          )}
          <TextArea
            label={t`Reason`}
            hint={t`The organisation sees it.`}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
            limit={2000}
          />
        </>
      )}
    </Form>
  )
}

/** The member's own words on what is proposed about it. */
export function View({ member, close }: { member: Member; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [view, setView] = useState(member.proposal?.view ?? '')
  const path = { network_id: member.network_id, member_id: member.id }
  return (
    <Form
      label={t`State your view`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (view.trim() ? {} : { '/view': t`Write your view.` })}
      send={async () => {
        await write(
          api.PUT(`${base}/proposal/view`, { params: { path }, body: { view } }),
          t`Your view has been stated.`,
        )
        close()
      }}
    >
      {(faultOf) => (
        <TextArea
          label={t`View`}
          hint={t`The network's people see it.`}
          name="view"
          value={view}
          onChange={setView}
          fault={faultOf('/view')}
          limit={2000}
        />
      )}
    </Form>
  )
}
