import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { CheckField, TextField } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/write'

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
  const [name, setName] = useState(contact?.name ?? '')
  const [role, setRole] = useState(contact?.role ?? '')
  const [email, setEmail] = useState(contact?.email ?? '')
  const [phone, setPhone] = useState(contact?.phone ?? '')
  const [open, setOpen] = useState(contact?.public ?? false)
  async function send() {
    const path = { organisation_id: organisation }
    const body = {
      name,
      role: role.trim() || null,
      email: email.trim() || null,
      phone: phone.trim() || null,
      public: open,
    }
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
    <Form
      label={t`Save`}
      check={() => ({
        ...(name.trim() ? {} : { '/name': t`Give a name.` }),
        ...(email.trim() || phone.trim() ? {} : { '/email': t`Give an email address or a phone number.` }),
      })}
      send={send}
    >
      {(faultOf) => (
        <>
          <TextField label={t`Name`} name="name" value={name} onChange={setName} fault={faultOf('/name')} />
          <TextField label={t`Task`} name="role" value={role} onChange={setRole} fault={faultOf('/role')} optional />
          <TextField
            label={t`Email`}
            name="email"
            type="email"
            value={email}
            onChange={setEmail}
            fault={faultOf('/email')}
            optional
          />
          <TextField
            label={t`Phone`}
            name="phone"
            type="tel"
            value={phone}
            onChange={setPhone}
            fault={faultOf('/phone')}
            optional
          />
          <CheckField
            label={t`Everybody may see this contact`}
            name="public"
            value={open}
            onChange={setOpen}
            fault={faultOf('/public')}
          />
        </>
      )}
    </Form>
  )
}
