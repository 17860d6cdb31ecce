import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { enumLabels } from '../../../lib/labels'
import { type Faults, Form } from '../../../ui/Form'
import { ChooseField, TextField } from '../../../ui/inputs'
import { MomentField } from '../../../ui/MomentField'
import { change, type Meeting, useMeetingWrite } from './meeting'

/** What a meeting is, when and where. */
export function EditForm({ meeting, close }: { meeting: Meeting; close: () => void }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const [kind, setKind] = useState<string>(meeting.kind)
  const [title, setTitle] = useState(meeting.title)
  const [startsAt, setStartsAt] = useState<string | null>(meeting.starts_at)
  const [endsAt, setEndsAt] = useState(meeting.ends_at)
  const [place, setPlace] = useState(meeting.place)
  const send = async () => {
    const body = { kind: kind as Schemas['MeetingKind'], title, starts_at: startsAt, ends_at: endsAt, place }
    await write(api.PATCH('/api/v1/meetings/{meeting_id}', { ...change(meeting), body }), t`The meeting is changed`)
    close()
  }
  const check = () => {
    const faults: Faults = {}
    if (!title.trim()) faults['/title'] = t(NEEDED)
    if (!startsAt) faults['/starts_at'] = t(NEEDED)
    if (!place.trim()) faults['/place'] = t(NEEDED)
    return faults
  }
  return (
    <Form label={t`Save`} send={send} check={check}>
      {(faultOf) => (
        <>
          <ChooseField
            label={t`Kind`}
            name="kind"
            value={kind}
            onChange={setKind}
            options={Object.entries(enumLabels.MeetingKind).map(([value, word]) => ({ value, label: t(word) }))}
            fault={faultOf('/kind')}
          />
          <TextField label={t`Title`} name="title" value={title} onChange={setTitle} fault={faultOf('/title')} />
          <MomentField
            label={t`Begins`}
            name="starts_at"
            value={startsAt}
            onChange={setStartsAt}
            fault={faultOf('/starts_at')}
          />
          <MomentField
            label={t`Ends`}
            name="ends_at"
            value={endsAt}
            onChange={setEndsAt}
            fault={faultOf('/ends_at')}
            optional
          />
          <TextField label={t`Place`} name="place" value={place} onChange={setPlace} fault={faultOf('/place')} />
        </>
      )}
    </Form>
  )
}
