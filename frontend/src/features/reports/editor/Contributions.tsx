import { useLingui } from '@lingui/react/macro'
import { newKey } from '../../../api/client'
import type { ContributionRow } from '../../../lib/contributions'
import { formatMoney, formatNumber } from '../../../lib/format'
import { Facts } from '../../../ui/Facts'
import { Fields } from '../../../ui/Fields'
import { RowsEditor } from '../../../ui/RowsEditor'
import { ContributionFields } from '../../../ui/reports/ContributionFields'
import { SECTIONS } from '../components/labels'
import type { Writing } from './draft'

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
          <Fields legend={t`Contribution ${place + 1}`}>
            <ContributionFields of={row} change={change} name={name} faultOf={faultOf} />
          </Fields>
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
