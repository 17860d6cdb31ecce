import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, ask, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { NEEDED } from '../../../lib/genericErrors'
import { enumLabels } from '../../../lib/labels'
import { useMembers } from '../../../lib/members'
import { type Faults, Form } from '../../../ui/Form'
import { ChecksField, ChooseField, RadiosField, TextArea } from '../../../ui/inputs'
import { Reason } from '../../../ui/Reason'
import { type Handling, step, useHandlingWrite, useHeldMeetings, WAYS } from './handling'

type Way = Schemas['RevocationWay']
type Cause = Schemas['RevocationCause']

/** Propose that the puumerkki is revoked: by ballot, by a meeting's decision, or by two persons for cause. */
export function RevokeForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const meetings = useHeldMeetings(handling.network_id)
  const members = useMembers(handling.network_id)
  const of = (way: Way) => handling.available_actions.find((one) => one.action === WAYS[way])
  const ways = (Object.keys(WAYS) as Way[]).filter((way) => of(way)?.allowed)
  const blocked = (Object.keys(WAYS) as Way[]).filter((way) => of(way)?.allowed === false)
  const [way, setWay] = useState<Way | ''>(ways.length === 1 ? (ways[0] ?? '') : '')
  const [cause, setCause] = useState<Cause | ''>('')
  const [reason, setReason] = useState('')
  const [meeting, setMeeting] = useState('')
  const [present, setPresent] = useState<string[]>([])
  const [aside, setAside] = useState<string[]>(() =>
    members.active.filter((one) => one.organisation_id === handling.applicant.id).map((one) => one.id),
  )
  async function choose(meeting_id: string) {
    setMeeting(meeting_id)
    if (!meeting_id) return
    const found = await ask(api.GET('/api/v1/meetings/{meeting_id}', { params: { path: { meeting_id } } }))
    if (found.attendances.length > 0) setPresent(found.attendances.map((one) => one.member_id))
  }
  const check = () => {
    const faults: Faults = {}
    if (!way) faults['/way'] = t(NEEDED)
    if (way === 'cause' && !cause) faults['/cause'] = t(NEEDED)
    if (way === 'meeting' && !meeting) faults['/meeting_id'] = t(NEEDED)
    if (way === 'meeting' && present.length === 0) faults['/present_member_ids'] = t(NEEDED)
    if (!reason.trim()) faults['/reason'] = t(NEEDED)
    return faults
  }
  const send = async () => {
    const inMeeting = way === 'meeting'
    const body = {
      way: way as Way,
      reason: reason.trim(),
      cause: way === 'cause' ? (cause as Cause) : null,
      meeting_id: inMeeting ? meeting : null,
      present_member_ids: inMeeting ? present : [],
      stood_aside_member_ids: inMeeting ? aside : [],
    }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/revocations', { ...step(handling), body }),
      t`The puumerkki is under review`,
    )
    close()
  }
  return (
    <Form label={t`Propose revoking`} send={send} check={check}>
      {(faultOf) => (
        <>
          <p>{t`The applicant is told at once and can give its view within 7 days. The puumerkki is valid until this has been settled.`}</p>
          <RadiosField
            label={t`How is it settled?`}
            name="way"
            value={way}
            onChange={(chosen) => setWay(chosen as Way)}
            options={ways.map((one) => ({ value: one, label: t(enumLabels.RevocationWay[one]), hint: HINTS(t)[one] }))}
            fault={faultOf('/way')}
          />
          {blocked.map((one) => (
            <p key={one}>
              <strong>{t(enumLabels.RevocationWay[one])}</strong>: <Reason code={of(one)?.blocked_by} />
            </p>
          ))}
          {way === 'cause' && (
            <RadiosField
              label={t`Cause`}
              name="cause"
              value={cause}
              onChange={(chosen) => setCause(chosen as Cause)}
              options={(['false_facts', 'applicant_asks'] as const).map((one) => ({
                value: one,
                label: t(enumLabels.RevocationCause[one]),
              }))}
              fault={faultOf('/cause')}
            />
          )}
          {way === 'meeting' && (
            <>
              <ChooseField
                label={t`Meeting`}
                name="meeting_id"
                value={meeting}
                options={meetings.map((one) => ({ value: one.id, label: `${formatDay(one.starts_at)} ${one.title}` }))}
                onChange={choose}
                fault={faultOf('/meeting_id')}
              />
              <ChecksField
                label={t`Present`}
                name="present_member_ids"
                value={present}
                onChange={setPresent}
                options={members.options}
                fault={faultOf('/present_member_ids')}
              />
              <ChecksField
                label={t`Stood aside`}
                name="stood_aside_member_ids"
                value={aside}
                onChange={setAside}
                options={members.options.filter((one) => present.includes(one.value) || aside.includes(one.value))}
                fault={faultOf('/stood_aside_member_ids')}
                optional
              />
            </>
          )}
          <TextArea
            label={way === 'meeting' ? t`Wording of the decision` : t`Reason`}
            hint={t`The applicant sees it. If the puumerkki is revoked, it is shown in the public register.`}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
          />
        </>
      )}
    </Form>
  )
}

type Said = ReturnType<typeof useLingui>['t']

const HINTS = (t: Said): Record<Way, string> => ({
  ballot: t`The ballot decides by the rulebook.`,
  meeting: t`A second person confirms what was recorded.`,
  cause: t`A second person confirms it.`,
})
