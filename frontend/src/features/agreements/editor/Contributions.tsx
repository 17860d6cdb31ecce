import { useLingui } from '@lingui/react/macro'
import { newKey } from '../../../api/client'
import { Fields } from '../../../ui/Fields'
import { ChooseField, NumberField } from '../../../ui/inputs'
import { RowsEditor } from '../../../ui/RowsEditor'
import { ContributionFields } from '../../../ui/reports/ContributionFields'
import { SECTIONS } from '../components/labels'
import { Sums } from '../components/Sums'
import type { PartyRow, Writing } from './draft'

/** What each party puts in, row by row, with the sum of each party's money below. */
export function Contributions({ draft, edit, faultOf, parties }: Writing) {
  const { t } = useLingui()
  return (
    <RowsEditor
      label={t(SECTIONS.contributions)}
      add={t`Add a contribution`}
      rows={draft.contributions}
      blank={(): PartyRow => ({
        key: newKey(),
        organisation_id: '',
        kind: 'money',
        year: null,
        cents: null,
        hours: null,
        budget_line: '',
        description: '',
      })}
      titleOf={(_, place) => t`Contribution ${place + 1}`}
      onChange={(contributions) => edit({ contributions })}
      below={<Sums of={draft.contributions} nameOf={(id) => parties.find((one) => one.value === id)?.label ?? ''} />}
    >
      {(row, change, place) => {
        const name = `content/contributions/${place}`
        return (
          <Fields legend={t`Contribution ${place + 1}`}>
            <ChooseField
              label={t`Party`}
              name={`${name}/organisation_id`}
              value={row.organisation_id}
              onChange={(organisation_id) => change({ organisation_id })}
              fault={faultOf(`/${name}/organisation_id`)}
              options={parties}
            />
            <ContributionFields of={row} change={change} name={name} faultOf={faultOf}>
              <NumberField
                label={t`Year`}
                hint={t`Left empty: every year`}
                name={`${name}/year`}
                value={row.year}
                onChange={(year) => change({ year })}
                fault={faultOf(`/${name}/year`)}
                optional
              />
            </ContributionFields>
          </Fields>
        )
      }}
    </RowsEditor>
  )
}
