import { useLingui } from '@lingui/react/macro'
import { useId, useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay, formatEnd } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { textOf } from '../../../lib/language'
import { toneOf } from '../../../lib/tones'
import { Actions } from '../../../ui/Actions'
import { Row } from '../../../ui/Cards'
import { Facts } from '../../../ui/Facts'
import { Loaded } from '../../../ui/Feedback'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Part } from '../components/NetworkFrame'
import { useMemberRuns } from './actions'
import styles from './Members.module.css'
import { Proposed } from './proposing'
import { Representatives } from './Representatives'

type Member = Schemas['MemberPublic']

/** A member; the network's people and its own open it to see who speaks for it and what can be done. */
export function MemberRow({ member, part }: { member: Member; part: Part }) {
  const { t } = useLingui()
  const owns = part.owns.includes(member.organisation_id)
  // what waits for the reader's yes is open at once, so that it is one click
  const [open, setOpen] = useState((part.reads && member.state === 'requested') || (owns && member.state === 'invited'))
  const detail = useId()
  const name = textOf(member.organisation_names)
  const sharing = member.shares_with.map((one) => textOf(one.organisation_names)).join(', ')
  return (
    <Row
      head={
        <Link to={`organisations/${member.organisation_id}`}>
          <Texts of={member.organisation_names} />
        </Link>
      }
      status={<StatusTag tone={toneOf(member.state)}>{t(enumLabels.MemberState[member.state])}</StatusTag>}
      meta={[
        member.joined_at && t`since ${formatDay(member.joined_at)}`,
        member.state === 'active' && (member.votes ? t`has a vote` : t`no vote`),
        member.state === 'active' &&
          (member.takes_part ? t`has accepted the rulebook` : t`has not accepted the rulebook`),
        sharing && t`shares an administrator or a signatory with: ${sharing}`,
        member.end_reason,
      ]}
    >
      {(part.reads || owns) && (
        <>
          <Button
            variant="secondaryNoBorder"
            aria-expanded={open}
            aria-controls={open ? detail : undefined}
            aria-label={t`Membership: ${name}`}
            onClick={() => setOpen(!open)}
          >
            {t`Membership`}
          </Button>
          {open && (
            <div id={detail} className={styles.detail}>
              <Detail member={member} leads={part.leads} owns={owns} />
            </div>
          )}
        </>
      )}
    </Row>
  )
}

function Detail({ member, leads, owns }: { member: Member; leads: boolean; owns: boolean }) {
  const path = { network_id: member.network_id, member_id: member.id }
  const found = query.useQuery('get', '/api/v1/networks/{network_id}/members/{member_id}', { params: { path } })
  return <Loaded query={found}>{(whole) => <Whole member={whole} leads={leads} owns={owns} />}</Loaded>
}

function Whole({ member, leads, owns }: { member: Schemas['MemberDetail']; leads: boolean; owns: boolean }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const runs = useMemberRuns(member)
  const path = { network_id: member.network_id, member_id: member.id }
  const vote = () =>
    write(
      api.PATCH('/api/v1/networks/{network_id}/members/{member_id}', {
        params: { path, header: withVersion(member.version) },
        body: { votes: true },
      }),
      t`The member has a vote now.`,
    )
  return (
    <>
      {member.state === 'active' && <Representatives member={member} owns={owns} />}
      {member.source && member.objection_until && (
        <Facts
          facts={[
            [t`Brought in by a list`, member.source],
            [t`Can object until`, formatEnd(member.objection_until)],
          ]}
        />
      )}
      {member.proposal && <Proposed proposal={member.proposal} />}
      <Actions about={textOf(member.organisation_names)} of={member.available_actions} run={runs} />
      {leads && member.state === 'active' && !member.votes && (
        <Button variant="secondaryNoBorder" onClick={vote}>{t`Give it a vote`}</Button>
      )}
    </>
  )
}
