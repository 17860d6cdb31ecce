import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { ChooseField, TextField } from '../../../ui/inputs'
import { type Agreement, useAgreementWrite } from '../components/agreement'
import { atTemplate, templateOf, useTemplates } from '../components/templates'

const NEW = 'new'

interface Keeping {
  agreement: Agreement
  options: { value: string; label: string }[]
  close: () => void
}

/** Which template of whose the agreement's texts become. */
export function KeepForm({ agreement, options, close }: Keeping) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [whose, setWhose] = useState(options[0]?.value ?? '')
  const [name, setName] = useState(agreement.title)
  const [replaced, setReplaced] = useState(NEW)
  const { kind, language } = agreement
  const own = useTemplates(kind, language, whose).filter((one) => one.id !== null)
  const former = own.find((one) => one.id === replaced)
  const replace = (id: string) => {
    setReplaced(id)
    setName(own.find((one) => one.id === id)?.name ?? agreement.title)
  }
  async function send() {
    const said = { name, content: templateOf(agreement.content) }
    const call = former
      ? api.PATCH('/api/v1/agreements/templates/{template_id}', { params: atTemplate(former), body: said })
      : api.POST('/api/v1/agreements/templates', { body: { organisation_id: whose, kind, language, ...said } })
    await write<unknown>(call, t`The template is saved.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Save`}
      check={() => (name.trim() ? {} : { '/name': t`Give the template a name.` })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>
              The texts of the working copy are kept, without parties, sums and contact persons. Everybody who writes
              for the organisation can begin an agreement with them.
            </Trans>
          </p>
          {options.length > 1 && (
            <ChooseField
              label={t`Whose template`}
              name="organisation_id"
              value={whose}
              onChange={(now) => {
                setWhose(now)
                replace(NEW)
              }}
              fault={faultOf('/organisation_id')}
              options={options}
            />
          )}
          {own.length > 0 && (
            <ChooseField
              label={t`Save as`}
              name="replaced"
              value={replaced}
              onChange={replace}
              options={[
                { value: NEW, label: t`A new template` },
                ...own.map((one) => ({ value: one.id ?? '', label: t`In place of: ${one.name}` })),
              ]}
            />
          )}
          {former && (
            <p>
              <Trans>Its texts are replaced as a whole. Agreements that began with it stay as they are.</Trans>
            </p>
          )}
          <TextField
            label={t`Name of the template`}
            name="name"
            value={name}
            onChange={setName}
            fault={faultOf('/name')}
          />
        </>
      )}
    </Form>
  )
}
