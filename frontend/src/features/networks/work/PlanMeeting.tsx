import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { Form } from '../../../ui/Form'
import { ChooseField, TextField } from '../../../ui/inputs'
import { inApp } from '../../../ui/Link'
import { MomentField } from '../../../ui/MomentField'
import { useWrite } from '../../../ui/useWrite'

/** A new meeting; its agenda is made on its own page, where one goes next. */
export function PlanMeeting({ networkId, close }: { networkId: string; close: () => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useWrite('meetings')
  const [kind, setKind] = useState<string>('meeting')
  const [title, setTitle] = useState('')
  const [place, setPlace] = useState('')
  const [starts, setStarts] = useState<string | null>(null)
  const [ends, setEnds] = useState<string | null>(null)
  return (
    <Form
      label={t`Plan the meeting`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => ({
        ...(title.trim() ? {} : { '/title': t`Give the meeting a name.` }),
        ...(starts ? {} : { '/starts_at': t`Write when it begins.` }),
      })}
      send={async () => {
        const body: Schemas['MeetingCreate'] = {
          network_id: networkId,
          kind: kind as Schemas['MeetingKind'],
          title,
          place,
          starts_at: starts ?? '',
          ends_at: ends,
        }
        const made = await write(api.POST('/api/v1/meetings', { body }), t`The meeting is planned.`)
        await navigate({ to: inApp(`meetings/${made.id}`).path })
      }}
    >
      {(faultOf) => (
        <>
          <TextField label={t`Name`} name="title" value={title} onChange={setTitle} fault={faultOf('/title')} />
          <ChooseField
            label={t`Kind`}
            name="kind"
            value={kind}
            onChange={setKind}
            fault={faultOf('/kind')}
            options={Object.entries(enumLabels.MeetingKind).map(([value, word]) => ({ value, label: t(word) }))}
          />
          <MomentField
            label={t`Begins`}
            name="starts_at"
            value={starts}
            onChange={setStarts}
            fault={faultOf('/starts_at')}
          />
          <MomentField
            label={t`Ends`}
            name="ends_at"
            value={ends}
            onChange={setEnds}
            fault={faultOf('/ends_at')}
            optional
          />
          <TextField
            label={t`Place or link`}
            name="place"
            value={place}
            onChange={setPlace}
            fault={faultOf('/place')}
          />
        </>
      )}
    </Form>
  )
}
