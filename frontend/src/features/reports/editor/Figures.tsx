import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { formatNumber } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { useTargetGroups } from '../../../lib/targetGroups'
import { Fields } from '../../../ui/Fields'
import { ChooseField, NumberField, RadiosField } from '../../../ui/inputs'
import { RowsEditor } from '../../../ui/RowsEditor'
import { SECTIONS } from '../components/labels'
import styles from '../components/Reports.module.css'
import { monthName } from '../components/report'
import { blankFigure, type FigureRow, MONTHS, sumOf, type Writing } from './draft'

/** What is counted, row by row: for whom, of the whole year or month by month, with the sum of each row. */
export function Figures({ draft, edit, faultOf }: Writing) {
  const { t } = useLingui()
  return (
    <RowsEditor
      label={t(SECTIONS.figures)}
      add={t`Add a figure`}
      rows={draft.figures}
      blank={blankFigure}
      titleOf={(_, place) => t`Figure ${place + 1}`}
      onChange={(figures) => edit({ figures })}
    >
      {(row, change, place) => <OneFigure row={row} change={change} place={place} faultOf={faultOf} />}
    </RowsEditor>
  )
}

function OneFigure({
  row,
  change,
  place,
  faultOf,
}: Pick<Writing, 'faultOf'> & { row: FigureRow; change: (changed: Partial<FigureRow>) => void; place: number }) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const name = `content/figures/${place}`
  const sum = sumOf(row)
  return (
    <Fields legend={t`Figure ${place + 1}`}>
      <ChooseField
        label={t`What is counted`}
        name={`${name}/what`}
        value={row.what}
        onChange={(what) => change({ what: what as Schemas['FigureKind'] })}
        fault={faultOf(`/${name}/what`)}
        options={Object.entries(enumLabels.FigureKind).map(([value, word]) => ({ value, label: t(word) }))}
      />
      <ChooseField
        label={t`For whom`}
        name={`${name}/target_group`}
        value={row.target_group}
        onChange={(target_group) => change({ target_group })}
        none={t`Everybody`}
        options={groups.options}
      />
      <div className={styles.whole}>
        <RadiosField
          label={t`How it is given`}
          name={`${name}/monthly`}
          value={row.monthly ? 'months' : 'year'}
          onChange={(chosen) => change({ monthly: chosen === 'months' })}
          options={[
            { value: 'months', label: t`By month` },
            { value: 'year', label: t`For the whole year` },
          ]}
        />
      </div>
      {row.monthly ? (
        <div className={styles.months}>
          {MONTHS.map((month) => (
            <NumberField
              key={month}
              label={monthName(month)}
              name={`${name}/months/${month}`}
              value={row.months[month - 1] ?? null}
              onChange={(amount) => change({ months: row.months.map((one, at) => (at === month - 1 ? amount : one)) })}
              fault={faultOf(`/${name}/months/${month}`)}
            />
          ))}
        </div>
      ) : (
        <NumberField
          label={t`In the whole year`}
          name={`${name}/amount`}
          value={row.year}
          onChange={(year) => change({ year })}
          fault={faultOf(`/${name}/amount`)}
        />
      )}
      {row.monthly && sum !== null && <p className={styles.whole}>{t`In the whole year: ${formatNumber(sum)}`}</p>}
    </Fields>
  )
}
