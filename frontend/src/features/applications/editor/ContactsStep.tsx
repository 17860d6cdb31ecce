import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { Attachments } from '../../../ui/discussions/Attachments'
import { TextField } from '../../../ui/inputs'
import { RowsEditor } from '../../../ui/RowsEditor'
import { newKey } from './draft'
import styles from './Editor.module.css'
import { useEditing } from './editing'
import { FIELD_LABELS } from './labels'

export function ContactsStep() {
  const { t } = useLingui()
  const { application, draft, edit, faultOf } = useEditing()
  const fault = faultOf('contacts')
  return (
    <>
      <p className={styles.asked}>
        <Trans>
          Contact persons are shown only to those who handle the application, and can be erased. They are never public.
        </Trans>
      </p>
      <RowsEditor
        label={t(FIELD_LABELS.contacts)}
        add={t`Add a contact person`}
        rows={draft.contacts}
        blank={() => ({ key: newKey(), name: '', email: '', phone: '', role: '' })}
        titleOf={(row, place) => row.name || t`person ${place + 1}`}
        onChange={(contacts) => edit({ contacts })}
      >
        {(row, change, place) => (
          <>
            <TextField
              label={t`Name of person ${place + 1}`}
              name={`contacts/${row.key}`}
              value={row.name}
              onChange={(name) => change({ name })}
              fault={
                row.name.trim() === '' && (row.email || row.phone || row.role)
                  ? { status: 'error', statusText: t`This is needed.` }
                  : {}
              }
            />
            <TextField
              label={t`Email of person ${place + 1}`}
              name={`contacts/${row.key}/email`}
              type="email"
              value={row.email}
              onChange={(email) => change({ email })}
            />
            <TextField
              label={t`Phone of person ${place + 1}`}
              name={`contacts/${row.key}/phone`}
              type="tel"
              value={row.phone}
              onChange={(phone) => change({ phone })}
            />
            <TextField
              label={t`Task of person ${place + 1}`}
              name={`contacts/${row.key}/role`}
              value={row.role}
              onChange={(role) => change({ role })}
            />
          </>
        )}
      </RowsEditor>
      {fault.statusText && (
        <p className={styles.bad}>
          <Trans>A contact person's email or phone number is not written as expected.</Trans>
        </p>
      )}
      <Heading variant="h2">{t`Files`}</Heading>
      <Attachments on={{ kind: 'application', id: application.id }} audiences={['applicants']} />
    </>
  )
}
