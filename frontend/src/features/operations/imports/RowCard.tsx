import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { Row } from '../../../ui/Cards'
import { Failure } from '../../../ui/Feedback'
import { OnDemand, part } from '../../../ui/OnDemand'
import { StatusTag } from '../../../ui/StatusTag'
import { useColumnName } from '../components/RowErrors'
import { ROW_FAULTS } from '../components/rowFaults'
import { Correcting } from './Correcting'
import { FIELDS, fieldName } from './fieldLabels'
import { Near } from './Near'
import { BECAUSE, VERDICTS } from './rowLabels'
import type { ImportRow, Job } from './types'
import { useRowUpdate } from './useRowUpdate'
import styles from './Wizard.module.css'

const changes = part(() => import('./Changes'))

/** A row with its verdict. `open`: it can be decided and corrected. */
export function RowCard({ of, job, open }: { of: ImportRow; job: Job; open: boolean }) {
  const { t } = useLingui()
  const [correcting, setCorrecting] = useState(false)
  const { update, error } = useRowUpdate(job, of)
  const { word, tone } = VERDICTS[of.verdict]
  const faulty = of.verdict === 'faulty'
  const skipped = of.decision === 'skip'
  return (
    <Row
      head={
        <>
          {t`Row ${of.row}`}
          {of.name && `: ${of.name}`}
        </>
      }
      status={<StatusTag tone={tone}>{t(word)}</StatusTag>}
      meta={[of.untried && t`Run the trial again to see the result`, of.applied && t`Stored`]}
    >
      {of.verdict === 'changed' && <OnDemand of={changes}>{({ Changes }) => <Changes of={of} />}</OnDemand>}
      {of.verdict === 'left_out' && <Because of={of} />}
      {(of.verdict === 'new' || of.verdict === 'left_out') && !correcting && <Told of={of} job={job} />}
      <Findings of={of} />
      {of.candidates.length > 0 && of.verdict !== 'left_out' && <Near of={of} job={job} open={open} />}
      {error !== undefined && <Failure error={error} />}
      {open && (faulty || correcting) && !skipped && (
        <Correcting of={of} job={job} all={correcting} done={() => setCorrecting(false)} />
      )}
      {open && (
        <div className={styles.buttons}>
          {!correcting && !skipped && (
            <Button
              variant="secondaryNoBorder"
              aria-label={faulty ? t`Row ${of.row}: show all cells` : t`Row ${of.row}: correct`}
              onClick={() => setCorrecting(true)}
            >
              {faulty ? t`Show all cells` : t`Correct`}
            </Button>
          )}
          {!skipped && of.candidates.length === 0 && (
            <Button
              variant="secondaryNoBorder"
              aria-label={t`Row ${of.row}: leave out`}
              onClick={() => update({ decision: 'skip' }, t`The row is left out.`)}
            >{t`Leave out`}</Button>
          )}
          {skipped && (
            <Button
              variant="secondaryNoBorder"
              aria-label={t`Row ${of.row}: do not leave out`}
              onClick={() => update({ decision: null }, t`The row is no longer left out.`)}
            >{t`Do not leave out`}</Button>
          )}
        </div>
      )}
    </Row>
  )
}

/** What the file says of what is new, or is left out. */
function Told({ of, job }: { of: ImportRow; job: Job }) {
  const { t } = useLingui()
  const cells: Record<string, string> = { ...of.cells, ...of.corrected }
  const said = FIELDS[job.kind].filter((field) => cells[field] && cells[field] !== of.name)
  if (said.length === 0) return null
  return (
    <p className={styles.told}>
      {said
        .map((field) => {
          const name = fieldName(field)
          return `${name ? t(name) : field}: ${cells[field]}`
        })
        .join(' · ')}
    </p>
  )
}

function Because({ of }: { of: ImportRow }) {
  const { t } = useLingui()
  if (of.because === null) return null
  const words = BECAUSE[of.because.code] ?? ROW_FAULTS[of.because.code]
  return (
    <p>
      {of.because.row !== null && <Trans>Left out because of row {of.because.row}.</Trans>} {words && t(words)}
    </p>
  )
}

/** What is wrong or should be looked at, by the column as the file writes it. A namesake stands beside its candidates. */
function Findings({ of }: { of: ImportRow }) {
  const { t } = useLingui()
  const column = useColumnName()
  const said = of.findings.filter((one) => one.code !== 'namesake')
  if (of.verdict === 'left_out' || said.length === 0) return null
  return (
    <ul>
      {said.map((one) => {
        const words = ROW_FAULTS[one.code]
        return (
          <li key={`${one.column}-${one.code}`}>
            {one.severity === 'warning' && <StatusTag tone="warning">{t`To check`}</StatusTag>}{' '}
            {one.column && <b>{column(one.column)}: </b>}
            {words ? t(words) : <span lang="en">{one.message}</span>} {one.detail}{' '}
            {typeof one.first === 'number' && t`The same stands in row ${one.first}.`}
          </li>
        )
      })}
    </ul>
  )
}
