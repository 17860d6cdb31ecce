import { Trans, useLingui } from '@lingui/react/macro'
import { newKey } from '../../../api/client'
import { Fields } from '../../../ui/Fields'
import { CheckField, ChooseField, TextField } from '../../../ui/inputs'
import { Quiet } from '../../../ui/Quoted'
import { RowsEditor } from '../../../ui/RowsEditor'
import type { Writing } from './draft'

/** Whom to ask at each party. */
export function Contacts({ draft, edit, faultOf, parties }: Writing) {
  const { t } = useLingui()
  return (
    <RowsEditor
      label={t`Contact persons`}
      add={t`Add a contact person`}
      rows={draft.contacts}
      blank={() => ({ key: newKey(), organisation_id: '', name: '', email: '', phone: '', deputy: false })}
      titleOf={(row, place) => row.name || t`Contact person ${place + 1}`}
      onChange={(contacts) => edit({ contacts })}
      above={
        <p>
          <Quiet>
            <Trans>Only the parties see them. They are no part of what is signed and can be erased.</Trans>
          </Quiet>
        </p>
      }
    >
      {(row, change, place) => {
        const name = `contacts/${place}`
        return (
          <Fields legend={t`Contact person ${place + 1}`}>
            <ChooseField
              label={t`Party`}
              name={`${name}/organisation_id`}
              value={row.organisation_id}
              onChange={(organisation_id) => change({ organisation_id })}
              fault={faultOf(`/${name}/organisation_id`)}
              options={parties}
            />
            <TextField
              label={t`Name`}
              name={`${name}/name`}
              value={row.name}
              onChange={(now) => change({ name: now })}
              fault={faultOf(`/${name}/name`)}
            />
            <TextField
              label={t`Email`}
              name={`${name}/email`}
              type="email"
              value={row.email}
              onChange={(email) => change({ email })}
              fault={faultOf(`/${name}/email`)}
              optional
            />
            <TextField
              label={t`Phone`}
              name={`${name}/phone`}
              type="tel"
              value={row.phone}
              onChange={(phone) => change({ phone })}
              fault={faultOf(`/${name}/phone`)}
              optional
            />
            <CheckField
              label={t`Deputy`}
              name={`${name}/deputy`}
              value={row.deputy}
              onChange={(deputy) => change({ deputy })}
              fault={faultOf(`/${name}/deputy`)}
            />
          </Fields>
        )
      }}
    </RowsEditor>
  )
}
