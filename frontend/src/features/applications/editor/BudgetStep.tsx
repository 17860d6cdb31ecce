import { Trans, useLingui } from '@lingui/react/macro'
import { formatMoney } from '../../../lib/format'
import { MoneyField, TextField } from '../../../ui/inputs'
import { RowsEditor } from '../../../ui/RowsEditor'
import { useAskedBy } from './ContentStep'
import { newKey, sumOf } from './draft'
import styles from './Editor.module.css'
import { useEditing } from './editing'
import { FIELD_LABELS } from './labels'

export function BudgetStep() {
  const { t } = useLingui()
  const { draft, edit, faultOf } = useEditing()
  const asked = useAskedBy()
  const own = draft.budget.filter((row) => row.source.trim() !== '')
  const granted = sumOf(draft.budget) - sumOf(own)
  const differs = draft.amount_cents !== null && draft.budget.length > 0 && granted !== draft.amount_cents
  const needed = (missing: boolean) => (missing ? ({ status: 'error', statusText: t`This is needed.` } as const) : {})
  return (
    <>
      <p className={styles.asked}>{asked('budget')}</p>
      <RowsEditor
        label={t(FIELD_LABELS.budget)}
        add={t`Add a cost`}
        rows={draft.budget}
        blank={() => ({ key: newKey(), name: '', cents: null, source: '' })}
        titleOf={(row, place) => row.name || t`cost ${place + 1}`}
        onChange={(budget) => edit({ budget })}
      >
        {(row, change, place) => (
          <>
            <TextField
              label={t`Cost ${place + 1}`}
              name={`budget/${row.key}`}
              value={row.name}
              onChange={(name) => change({ name })}
              fault={needed(row.name.trim() === '' && row.cents !== null)}
            />
            <MoneyField
              label={t`Sum in euro, cost ${place + 1}`}
              name={`budget/${row.key}/cents`}
              value={row.cents}
              onChange={(cents) => change({ cents })}
              fault={needed(row.cents === null && row.name.trim() !== '')}
            />
            <TextField
              label={t`Who pays, if not the grant, cost ${place + 1}`}
              name={`budget/${row.key}/source`}
              value={row.source}
              onChange={(source) => change({ source })}
            />
          </>
        )}
      </RowsEditor>
      <p className={styles.sum}>
        <span>
          <Trans>In all</Trans>
        </span>
        <output>{formatMoney(sumOf(draft.budget))}</output>
      </p>
      {differs && (
        <p>
          <Trans>
            The costs that the grant pays are {formatMoney(granted)}, the sum applied for is{' '}
            {formatMoney(draft.amount_cents)}.
          </Trans>
        </p>
      )}
      {faultOf('budget').statusText && <p className={styles.bad}>{faultOf('budget').statusText}</p>}
      <p className={styles.asked}>{asked('measures')}</p>
      <RowsEditor
        label={t(FIELD_LABELS.measures)}
        add={t`Add a measure`}
        rows={draft.measures}
        blank={() => ({ key: newKey(), name: '', target: '' })}
        titleOf={(row, place) => row.name || t`measure ${place + 1}`}
        onChange={(measures) => edit({ measures })}
      >
        {(row, change, place) => (
          <>
            <TextField
              label={t`Measure ${place + 1}`}
              name={`measures/${row.key}`}
              value={row.name}
              onChange={(name) => change({ name })}
              fault={needed(row.name.trim() === '' && row.target.trim() !== '')}
            />
            <TextField
              label={t`Target of measure ${place + 1}`}
              name={`measures/${row.key}/target`}
              value={row.target}
              onChange={(target) => change({ target })}
            />
          </>
        )}
      </RowsEditor>
    </>
  )
}
