import { useLingui } from '@lingui/react/macro'
import { newKey, type Schemas } from '../../../api/client'
import { formatMoney, formatNumber } from '../../../lib/format'
import { partyContributionKind } from '../../../lib/kinds'
import { Facts } from '../../../ui/Facts'
import { ChooseField, MoneyField, NumberField, TextField } from '../../../ui/inputs'
import { RowsEditor } from '../../../ui/RowsEditor'
import styles from '../parts/Reports.module.css'
import { SECTIONS } from '../parts/words'
import type { ContributionRow } from './draft'
import type { Writing } from './ReportForm'

/** What the organisation really put in, row by row, with the sums below. */
export function Contributions({ draft, edit, faultOf }: Writing) {
  const { t } = useLingui()
  return (
    <RowsEditor
      label={t(SECTIONS.contributions)}
      add={t`Add what was put in`}
      rows={draft.contributions}
      blank={(): ContributionRow => ({
        key: newKey(),
        kind: 'money',
        cents: null,
        hours: null,
        budget_line: '',
        description: '',
      })}
      titleOf={(_, place) => t`Contribution ${place + 1}`}
      onChange={(contributions) => edit({ contributions })}
      below={<Sums of={draft.contributions} />}
    >
      {(row, change, place) => {
        const name = `content/contributions/${place}`
        return (
          <fieldset className={styles.fields}>
            <legend>{t`Contribution ${place + 1}`}</legend>
            <ChooseField
              label={t`Kind`}
              name={`${name}/kind`}
              value={row.kind}
              onChange={(kind) => change({ kind: kind as Schemas['PartyContributionKind'] })}
              fault={faultOf(`/${name}/kind`)}
              options={Object.entries(partyContributionKind).map(([value, word]) => ({ value, label: t(word) }))}
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

function Sums({ of }: { of: ContributionRow[] }) {
  const { t } = useLingui()
  const money = of.reduce((sum, one) => sum + (one.kind === 'money' ? (one.cents ?? 0) : 0), 0)
  const hours = of.reduce((sum, one) => sum + (one.kind === 'money' ? 0 : (one.hours ?? 0)), 0)
  return (
    <Facts
      facts={[
        [t`Money in all`, money > 0 && formatMoney(money)],
        [t`Hours in all`, hours > 0 && formatNumber(hours)],
      ]}
    />
  )
}
