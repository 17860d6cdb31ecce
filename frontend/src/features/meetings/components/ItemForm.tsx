import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, query, type Schemas } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { Form } from '../../../ui/Form'
import { ChecksField, ChooseField, TextArea, TextField } from '../../../ui/inputs'
import { withVersion } from '../../../ui/useWrite'
import { type Meeting, useMeetingWrite } from './meeting'

export type Item = Schemas['AgendaItemPublic']

/** The applications that the network has before it now. */
function useOpenHandlings(network: string): Schemas['HandlingItem'][] {
  const state: Schemas['HandlingState'][] = ['received', 'in_review', 'in_ballot']
  const params = { query: { network, state, sort: 'handle_by' as const, limit: 200 } }
  return query.useQuery('get', '/api/v1/handlings', { params }).data?.items ?? []
}

/** An item of the agenda, new or changed; it may be about an application before the network. */
export function ItemForm({ meeting, item, close }: { meeting: Meeting; item?: Item; close: () => void }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const handlings = useOpenHandlings(meeting.network_id)
  const [title, setTitle] = useState(item?.title ?? '')
  const [notes, setNotes] = useState(item?.notes ?? '')
  const [about, setAbout] = useState(item?.subject ? `${item.subject.kind} ${item.subject.id}` : '')
  const options = handlings.map((one) => ({ value: `handling ${one.id}`, label: one.title }))
  // what it is about may have been decided since, or be no application
  const listed = about === '' || options.some((one) => one.value === about)
  const [kind, id] = about.split(' ')
  const send = async () => {
    const body = { title, notes: notes.trim() || null, subject: kind && id ? { kind, id } : null }
    const path = { meeting_id: meeting.id }
    if (item) {
      const params = { path: { ...path, item_id: item.id }, header: withVersion(item.version) }
      await write(
        api.PATCH('/api/v1/meetings/{meeting_id}/agenda-items/{item_id}', { params, body }),
        t`The item is changed`,
      )
    } else
      await write(
        api.POST('/api/v1/meetings/{meeting_id}/agenda-items', { params: { path }, body }),
        t`Added to the agenda`,
      )
    close()
  }
  const choose = (value: string) => {
    setAbout(value)
    const chosen = options.find((one) => one.value === value)
    if (chosen && !title.trim()) setTitle(chosen.label)
  }
  return (
    <Form label={item ? t`Save` : t`Add`} send={send} check={() => (title.trim() ? {} : { '/title': t(NEEDED) })}>
      {(faultOf) => (
        <>
          <ChooseField
            label={t`About`}
            none={t`No application`}
            name="subject"
            value={about}
            onChange={choose}
            options={listed ? options : [{ value: about, label: item?.title ?? '' }, ...options]}
            fault={faultOf('/subject')}
          />
          <TextField label={t`Title`} name="title" value={title} onChange={setTitle} fault={faultOf('/title')} />
          <TextArea
            label={t`Notes`}
            name="notes"
            value={notes}
            onChange={setNotes}
            fault={faultOf('/notes')}
            optional
          />
        </>
      )}
    </Form>
  )
}

/** RepeatedFields applications put on the agenda at once, in the order of their days. */
export function HandlingsForm({ meeting, close }: { meeting: Meeting; close: () => void }) {
  const { t } = useLingui()
  const write = useMeetingWrite()
  const there = new Set(meeting.agenda_items.map((one) => one.subject?.id))
  const handlings = useOpenHandlings(meeting.network_id).filter((one) => !there.has(one.id))
  const [chosen, setChosen] = useState<string[]>([])
  const send = async () => {
    const params = { path: { meeting_id: meeting.id } }
    for (const { id, title } of handlings.filter((one) => chosen.includes(one.id))) {
      const body = { title, subject: { kind: 'handling', id } }
      await write(api.POST('/api/v1/meetings/{meeting_id}/agenda-items', { params, body }))
      setChosen((left) => left.filter((one) => one !== id))
    }
    close()
  }
  if (handlings.length === 0) return <p>{t`No other application is before the network.`}</p>
  return (
    <Form label={t`Add`} send={send} check={() => (chosen.length > 0 ? {} : { '/chosen': t(NEEDED) })}>
      {(faultOf) => (
        <ChecksField
          label={t`Applications before the network`}
          name="chosen"
          value={chosen}
          onChange={setChosen}
          options={handlings.map((one) => ({ value: one.id, label: one.title }))}
          fault={faultOf('/chosen')}
        />
      )}
    </Form>
  )
}
