import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { ContactFields, contactOf, draftOf, useContactCheck } from './ContactFields'

export function ContactForm({
  organisation,
  contact,
  done,
}: {
  organisation: string
  contact: Schemas['ContactPublic'] | undefined
  done: () => void
}) {
  const { t } = useLingui()
  const write = useWrite('organisations')
  const check = useContactCheck()
  const [draft, setDraft] = useState(() => draftOf(contact))
  async function send() {
    const path = { organisation_id: organisation }
    const body = contactOf(draft)
    if (contact) {
      const params = { path: { ...path, contact_id: contact.id }, header: withVersion(contact.version) }
      const call = api.PATCH('/api/v1/organisations/{organisation_id}/contacts/{contact_id}', { params, body })
      await write(call, t`The contact is changed.`)
    } else {
      const call = api.POST('/api/v1/organisations/{organisation_id}/contacts', { params: { path }, body })
      await write(call, t`The contact is added.`)
    }
    done()
  }
  return (
    <Form label={t`Save`} check={() => check(draft)} send={send}>
      {(faultOf) => <ContactFields value={draft} onChange={setDraft} faultOf={faultOf} />}
    </Form>
  )
}
