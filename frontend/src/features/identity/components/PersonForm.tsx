import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import type { UiLanguage } from '../../../lib/language'
import type { Me } from '../../../lib/me'
import { Form } from '../../../ui/Form'
import { ChooseField, TextField } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/useWrite'

/** One's own name, and the language of the mails that one gets. */
export function PersonForm({ me }: { me: Me }) {
  const { t } = useLingui()
  const write = useWrite('me')
  const [name, setName] = useState(me.name)
  const [language, setLanguage] = useState<string>(me.language ?? 'fi')
  const send = () =>
    write(
      api.PATCH('/api/v1/me', {
        params: { header: withVersion(me.version) },
        body: { name: name.trim(), language: language as UiLanguage },
      }),
      t`Saved.`,
    )
  return (
    <>
      <p>{me.email}</p>
      <Form send={send} label={t`Save`} check={() => (name.trim() ? {} : { '/name': t`Write your name.` })}>
        {(faultOf) => (
          <>
            <TextField
              label={t`Your name`}
              name="name"
              autoComplete="name"
              value={name}
              onChange={setName}
              fault={faultOf('/name')}
            />
            <ChooseField
              label={t`Language of mails`}
              hint={t`The pages speak the language that you choose at the top.`}
              name="language"
              value={language}
              onChange={setLanguage}
              fault={faultOf('/language')}
              options={[
                { value: 'fi', label: 'Suomi' },
                { value: 'sv', label: 'Svenska' },
                { value: 'en', label: 'English' },
              ]}
            />
          </>
        )}
      </Form>
    </>
  )
}
