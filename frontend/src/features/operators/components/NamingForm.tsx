import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { language, type UiLanguage } from '../../../lib/language'
import { Form } from '../../../ui/Form'
import { TextArea, TextField } from '../../../ui/inputs'
import { useWrite } from '../../../ui/useWrite'

/** An operator names an administrator, or the coordinator of a network that has none. */
export function NamingForm({ kind, id, done }: { kind: 'organisation' | 'network'; id: string; done: () => void }) {
  const { t } = useLingui()
  const write = useWrite('namings', 'tasks', 'organisations')
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [reason, setReason] = useState('')
  return (
    <Form
      label={t`Name this person`}
      check={() => ({
        ...(name.trim() ? {} : { '/name': t`Give a name.` }),
        ...(email.includes('@') ? {} : { '/email': t`Give an email address.` }),
        ...(reason.trim().length >= 10 ? {} : { '/reason': t`Write a reason of at least ten characters.` }),
      })}
      send={async () => {
        const body = { scope_kind: kind, scope_id: id, name, email, reason, language: language() as UiLanguage }
        await write(api.POST('/api/v1/namings', { body }), t`Named: ${name}`)
        done()
      }}
    >
      {(faultOf) => (
        <>
          <p>
            {kind === 'organisation'
              ? t`Without an administrator in the organisation the role is offered at once. Otherwise the administrators can object for seven days.`
              : t`The people of the network can object for seven days.`}{' '}
            {t`If there is another operator, one of them must confirm it.`}
          </p>
          <TextField
            label={t`The person's name`}
            name="name"
            value={name}
            onChange={setName}
            fault={faultOf('/name')}
          />
          <TextField
            label={t`Email`}
            name="email"
            type="email"
            value={email}
            onChange={setEmail}
            fault={faultOf('/email')}
          />
          <TextArea
            label={t`Reason`}
            hint={t`The people here see it: who asked for this, and how it was made sure.`}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
            limit={1000}
          />
        </>
      )}
    </Form>
  )
}
