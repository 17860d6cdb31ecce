import { useLingui } from '@lingui/react/macro'
import { newKey } from '../../../api/client'
import { Fields } from '../../../ui/Fields'
import { ChooseField, TextField } from '../../../ui/inputs'
import { RowsEditor } from '../../../ui/RowsEditor'
import { YearDayField } from '../../../ui/YearDayField'
import { SECTIONS } from '../components/labels'
import type { Writing } from './draft'

/** Which party tells what, and when. */
export function Reporting({ draft, edit, faultOf, parties }: Writing) {
  const { t } = useLingui()
  return (
    <RowsEditor
      label={t(SECTIONS.reporting)}
      add={t`Add a duty to report`}
      rows={draft.reporting}
      blank={() => ({ key: newKey(), organisation_id: '', what: '', due: '', due_by: null })}
      titleOf={(_, place) => t`Duty to report ${place + 1}`}
      onChange={(reporting) => edit({ reporting })}
    >
      {(row, change, place) => {
        const name = `content/reporting/${place}`
        return (
          <Fields legend={t`Duty to report ${place + 1}`}>
            <ChooseField
              label={t`Party`}
              name={`${name}/organisation_id`}
              value={row.organisation_id}
              onChange={(organisation_id) => change({ organisation_id })}
              fault={faultOf(`/${name}/organisation_id`)}
              options={parties}
            />
            <TextField
              label={t`What is reported`}
              name={`${name}/what`}
              value={row.what}
              onChange={(what) => change({ what })}
              fault={faultOf(`/${name}/what`)}
            />
            <TextField
              label={t`When`}
              hint={t`For example by the end of February`}
              name={`${name}/due`}
              value={row.due}
              onChange={(due) => change({ due })}
              fault={faultOf(`/${name}/due`)}
            />
            <YearDayField
              label={t`Due each year by`}
              hint={t`For example 31.3. What is due in the first half of a year is about the year before.`}
              name={`${name}/due_by`}
              value={row.due_by}
              onChange={(due_by) => change({ due_by })}
              fault={faultOf(`/${name}/due_by`)}
              optional
            />
          </Fields>
        )
      }}
    </RowsEditor>
  )
}
