import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { formatDay, typedMoment } from '../../../lib/format'
import { NEEDED } from '../../../lib/genericErrors'
import { Form } from '../../../ui/Form'
import { ChooseField, DateField, TextArea } from '../../../ui/inputs'
import { type Handling, step, useHandlingWrite, useHeldMeetings } from './handling'

/** Record that the network has read the version at hand. */
export function ReadingForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const meetings = useHeldMeetings(handling.network_id)
  const [day, setDay] = useState<string | null>(() => typedMoment(new Date().toISOString()).day)
  const [meeting, setMeeting] = useState('')
  const [note, setNote] = useState('')
  const send = async () => {
    const body = { read_on: day ?? '', meeting_id: meeting || null, note: note.trim() || null }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/readings', { ...step(handling), body }),
      t`The reading is recorded`,
    )
    close()
  }
  return (
    <Form label={t`Record`} send={send} check={() => (day ? {} : { '/read_on': t(NEEDED) })}>
      {(faultOf) => (
        <>
          <DateField label={t`Read on`} name="read_on" value={day} onChange={setDay} fault={faultOf('/read_on')} />
          <ChooseField
            label={t`In a meeting`}
            none={t`Not in a meeting`}
            name="meeting_id"
            value={meeting}
            options={meetings.map((one) => ({ value: one.id, label: `${formatDay(one.starts_at)} ${one.title}` }))}
            onChange={setMeeting}
            fault={faultOf('/meeting_id')}
          />
          <TextArea label={t`Note`} name="note" value={note} onChange={setNote} fault={faultOf('/note')} optional />
        </>
      )}
    </Form>
  )
}
