import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { today } from '../../../lib/today'
import type { Faulty } from '../../../ui/Form'
import { DateField, MoneyField, TextArea } from '../../../ui/inputs'
import { at, type Step, StepForm, useFilingWrite } from './step'

export { FileForm } from './FileForm'
export { PlanForm } from './PlanForm'

interface Decision {
  day: string | null
  reason: string
}

const decisionOf = (decision: Decision) => ({
  decided_on: decision.day as string,
  reason: decision.reason.trim() || null,
})

/** What every decision of a funder has. */
function DecisionFields({
  of,
  onChange,
  faultOf,
}: {
  of: Decision
  onChange: (decision: Decision) => void
  faultOf: (pointer: string) => Faulty
}) {
  const { t } = useLingui()
  return (
    <>
      <DateField
        label={t`Day of the decision`}
        name="decided_on"
        value={of.day}
        onChange={(day) => onChange({ ...of, day })}
        fault={faultOf('/decided_on')}
      />
      <TextArea
        label={t`Reasons of the decision`}
        name="reason"
        optional
        value={of.reason}
        onChange={(reason) => onChange({ ...of, reason })}
        fault={faultOf('/reason')}
      />
    </>
  )
}

function ReportByField(field: Omit<Parameters<typeof DateField>[0], 'label' | 'name' | 'hint' | 'optional'>) {
  const { t } = useLingui()
  return (
    <DateField
      {...field}
      label={t`Report to the funder by`}
      hint={t`As the decision says. You are reminded of it.`}
      name="report_by"
      optional
    />
  )
}

/** The day of what is waited for: the funder's decision, then the report. */
export function DayForm({ filing, close }: Step) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const waits = filing.state === 'filed'
  const [day, setDay] = useState(waits ? filing.expected_on : filing.report_by)
  const send = () => {
    const body = waits ? { expected_on: day } : { report_by: day }
    return write(api.PATCH('/api/v1/filings/{filing_id}', { params: at(filing), body }), t`The day is saved.`)
  }
  return (
    <StepForm send={send} close={close} label={t`Save`}>
      {(faultOf) =>
        waits ? (
          <DateField
            label={t`The funder decides by`}
            name="expected_on"
            value={day}
            onChange={setDay}
            fault={faultOf('/expected_on')}
            optional
          />
        ) : (
          <ReportByField value={day} onChange={setDay} fault={faultOf('/report_by')} />
        )
      }
    </StepForm>
  )
}

export function GrantForm({ filing, close }: Step) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const [granted, setGranted] = useState<number | null>(filing.applied_cents)
  const [reportBy, setReportBy] = useState<string | null>(null)
  const [decision, setDecision] = useState<Decision>({ day: today(), reason: '' })
  const send = () => {
    const body = { granted_cents: granted as number, report_by: reportBy, ...decisionOf(decision) }
    return write(api.POST('/api/v1/filings/{filing_id}/grant', { params: at(filing), body }), t`The grant is recorded.`)
  }
  return (
    <StepForm send={send} close={close} label={t`Record`}>
      {(faultOf) => (
        <>
          <MoneyField
            label={t`Sum granted`}
            name="granted_cents"
            value={granted}
            onChange={setGranted}
            fault={faultOf('/granted_cents')}
          />
          <DecisionFields of={decision} onChange={setDecision} faultOf={faultOf} />
          <ReportByField value={reportBy} onChange={setReportBy} fault={faultOf('/report_by')} />
        </>
      )}
    </StepForm>
  )
}

export function RefuseForm({ filing, close }: Step) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const [decision, setDecision] = useState<Decision>({ day: today(), reason: '' })
  const send = () => {
    const call = api.POST('/api/v1/filings/{filing_id}/refuse', { params: at(filing), body: decisionOf(decision) })
    return write(call, t`The refusal is recorded.`)
  }
  return (
    <StepForm send={send} close={close} label={t`Record`}>
      {(faultOf) => <DecisionFields of={decision} onChange={setDecision} faultOf={faultOf} />}
    </StepForm>
  )
}

export function PlanChangeForm({ filing, close }: Step) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const [change, setChange] = useState(filing.plan_change ?? '')
  const send = () => {
    const call = api.POST('/api/v1/filings/{filing_id}/change_plan', {
      params: at(filing),
      body: { plan_change: change },
    })
    return write(call, t`The change is recorded.`)
  }
  return (
    <StepForm send={send} close={close} label={t`Record`}>
      {(faultOf) => (
        <TextArea
          label={t`What changes in the plan or the budget, as agreed with the funder`}
          name="plan_change"
          value={change}
          onChange={setChange}
          fault={faultOf('/plan_change')}
        />
      )}
    </StepForm>
  )
}

export function ReportForm({ filing, close }: Step) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const [reported, setReported] = useState<string | null>(today())
  const send = () => {
    const body = { reported_on: reported as string }
    const call = api.POST('/api/v1/filings/{filing_id}/report', { params: at(filing), body })
    return write(call, t`The report is recorded.`)
  }
  return (
    <StepForm send={send} close={close} label={t`Record`}>
      {(faultOf) => (
        <DateField
          label={t`Day on which it was reported to the funder`}
          name="reported_on"
          value={reported}
          onChange={setReported}
          fault={faultOf('/reported_on')}
        />
      )}
    </StepForm>
  )
}

export function RecoverForm({ filing, close }: Step) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const [cents, setCents] = useState<number | null>(null)
  const send = () => {
    const call = api.POST('/api/v1/filings/{filing_id}/recover', {
      params: at(filing),
      body: { cents: cents as number },
    })
    return write(call, t`The recovery is recorded.`)
  }
  return (
    <StepForm send={send} close={close} label={t`Record`}>
      {(faultOf) => (
        <MoneyField
          label={t`Sum to be paid back`}
          hint={t`It adds to what was recorded before.`}
          name="cents"
          value={cents}
          onChange={setCents}
          fault={faultOf('/cents')}
        />
      )}
    </StepForm>
  )
}
