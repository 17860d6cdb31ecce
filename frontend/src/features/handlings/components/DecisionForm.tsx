import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, ask } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { NEEDED } from '../../../lib/genericErrors'
import { useMembers } from '../../../lib/members'
import { type Faults, Form } from '../../../ui/Form'
import { ChecksField, ChooseField, RadiosField, TextArea, TextField } from '../../../ui/inputs'
import { type ConditionPart, PartsField } from './ConditionParts'
import { type Handling, step, useHandlingWrite, useHeldMeetings } from './handling'
import { RepeatedFields, useRepeated } from './RepeatedFields'
import { type When, WhenField } from './WhenField'

/** Record what a meeting decided; who was present is taken from the meeting, where it is recorded there. */
export function DecisionForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const meetings = useHeldMeetings(handling.network_id)
  const members = useMembers(handling.network_id)
  const [meeting, setMeeting] = useState('')
  const [endorses, setEndorses] = useState('')
  const [wording, setWording] = useState('')
  const [there, setThere] = useState<string[]>([])
  const [present, setPresent] = useState<string[]>([])
  const [aside, setAside] = useState<string[]>(() =>
    members.active.filter((one) => one.organisation_id === handling.applicant.id).map((one) => one.id),
  )
  const conditions = useRepeated<{ text: string; when: When; parts: ConditionPart[] }>([], {
    text: '',
    when: 'before',
    parts: [],
  })

  async function choose(meeting_id: string) {
    setMeeting(meeting_id)
    if (!meeting_id) return
    const found = await ask(api.GET('/api/v1/meetings/{meeting_id}', { params: { path: { meeting_id } } }))
    setThere(found.attendances.map((one) => one.member_id))
    setPresent(found.attendances.map((one) => one.member_id))
  }
  const check = () => {
    const faults: Faults = {}
    if (!meeting) faults['/meeting_id'] = t(NEEDED)
    if (!endorses) faults['/endorses'] = t(NEEDED)
    if (!wording.trim()) faults['/wording'] = t(NEEDED)
    if (present.length === 0) faults['/present_member_ids'] = t(NEEDED)
    return faults
  }
  const send = async () => {
    const body = {
      meeting_id: meeting,
      endorses: endorses === 'yes',
      wording,
      conditions: endorses === 'yes' ? conditions.values.filter((one) => one.text.trim()) : [],
      present_member_ids: present,
      stood_aside_member_ids: aside,
    }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/record_decision', { ...step(handling), body }),
      t`The decision is recorded and waits for a second person`,
    )
    close()
  }
  return (
    <Form label={t`Record`} send={send} check={check}>
      {(faultOf) => (
        <>
          <p>{t`Somebody of another organisation, who was there, confirms the decision. Both held their office before this version arrived.`}</p>
          <p>{t`The members are then notified. The decision takes effect when two others who were present confirm it, or after seven days.`}</p>
          <ChooseField
            label={t`Meeting`}
            hint={meetings.length === 0 ? t`The network has held no meeting yet. Record the meeting first.` : undefined}
            name="meeting_id"
            value={meeting}
            options={meetings.map((one) => ({ value: one.id, label: `${formatDay(one.starts_at)} ${one.title}` }))}
            onChange={choose}
            fault={faultOf('/meeting_id')}
          />
          <RadiosField
            label={t`What did the meeting decide?`}
            name="endorses"
            value={endorses}
            onChange={setEndorses}
            options={[
              { value: 'yes', label: t`Gives the puumerkki` },
              { value: 'no', label: t`Declines` },
            ]}
            fault={faultOf('/endorses')}
          />
          <TextArea
            label={t`Wording of the decision`}
            name="wording"
            value={wording}
            onChange={setWording}
            fault={faultOf('/wording')}
          />
          {endorses === 'yes' && (
            <RepeatedFields several={conditions} name={(number) => t`Condition ${number}`} add={t`Add a condition`}>
              {(value, change, place) => (
                <>
                  <TextField
                    label={t`Condition`}
                    name={`conditions/${place}/text`}
                    value={value.text}
                    onChange={(text) => change({ ...value, text })}
                    fault={faultOf(`/conditions/${place}/text`)}
                  />
                  <WhenField
                    name={`conditions/${place}/when`}
                    value={value.when}
                    onChange={(when) => change({ ...value, when })}
                    fault={faultOf(`/conditions/${place}/when`)}
                  />
                  <PartsField
                    name={`conditions/${place}/parts`}
                    value={value.parts}
                    onChange={(parts) => change({ ...value, parts })}
                    fault={faultOf(`/conditions/${place}/parts`)}
                  />
                </>
              )}
            </RepeatedFields>
          )}
          <ChecksField
            label={t`Present`}
            name="present_member_ids"
            value={present}
            onChange={setPresent}
            hint={
              meeting && there.length === 0
                ? t`Record the attendance with the meeting first.`
                : t`Those in the meeting's attendance. Leave out who was not there for this item.`
            }
            options={members.options.filter((one) => there.includes(one.value))}
            fault={faultOf('/present_member_ids')}
          />
          <ChecksField
            label={t`Stood aside`}
            hint={t`Who is an applicant, or disqualified otherwise.`}
            name="stood_aside_member_ids"
            value={aside}
            onChange={setAside}
            options={members.options.filter((one) => present.includes(one.value) || aside.includes(one.value))}
            fault={faultOf('/stood_aside_member_ids')}
            optional
          />
        </>
      )}
    </Form>
  )
}
