import { useLingui } from '@lingui/react/macro'
import { newKey, type Schemas } from '../../../api/client'
import { partyContributionKind } from '../../../lib/kinds'
import { ChooseField, MoneyField, NumberField, TextField } from '../../../ui/inputs'
import { RowsEditor } from '../../../ui/RowsEditor'
import styles from '../parts/Agreements.module.css'
import { Sums } from '../parts/Sums'
import { SECTIONS } from '../parts/words'
import type { Writing } from './AgreementForm'
import type { ContributionRow } from './draft'

/** What each party puts in, row by row, with the sum of each party's money below. */
export function Contributions({ draft, edit, faultOf, parties }: Writing) {
  const { t } = useLingui()
  const kinds = Object.entries(partyContributionKind).map(([value, word]) => ({ value, label: t(word) }))
  return (
    <RowsEditor
      label={t(SECTIONS.contributions)}
      add={t`Add a contribution`}
      rows={draft.contributions}
      blank={(): ContributionRow => ({
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
          <fieldset className={styles.fields}>
            <legend>{t`Contribution ${place + 1}`}</legend>
            <ChooseField
              label={t`Party`}
              name={`${name}/organisation_id`}
              value={row.organisation_id}
              onChange={(organisation_id) => change({ organisation_id })}
              fault={faultOf(`/${name}/organisation_id`)}
              options={parties}
            />
            <ChooseField
              label={t`Kind`}
              name={`${name}/kind`}
              value={row.kind}
              onChange={(kind) => change({ kind: kind as Schemas['PartyContributionKind'] })}
              fault={faultOf(`/${name}/kind`)}
              options={kinds}
            />
            {row.kind === 'money' ? (
              <MoneyField
                label={t`Sum, €`}
                name={`${name}/cents`}
                value={row.cents}
                onChange={(cents) => change({ cents })}
                fault={faultOf(`/${name}/cents`)}
              />
            ) : (
              <NumberField
                label={t`Hours`}
                name={`${name}/hours`}
                value={row.hours}
                onChange={(hours) => change({ hours })}
                fault={faultOf(`/${name}/hours`)}
                optional
              />
            )}
            <NumberField
              label={t`Year`}
              hint={t`Left empty: every year`}
              name={`${name}/year`}
              value={row.year}
              onChange={(year) => change({ year })}
              fault={faultOf(`/${name}/year`)}
              optional
            />
            <TextField
              label={t`Budget line`}
              name={`${name}/budget_line`}
              value={row.budget_line}
              onChange={(budget_line) => change({ budget_line })}
              fault={faultOf(`/${name}/budget_line`)}
              optional
            />
            <TextField
              label={t`What it is`}
              name={`${name}/description`}
              value={row.description}
              onChange={(description) => change({ description })}
              fault={faultOf(`/${name}/description`)}
              optional
            />
          </fieldset>
        )
      }}
    </RowsEditor>
  )
}
