import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import type { Run } from '../../../ui/Actions'
import { Form } from '../../../ui/Form'
import { DateField, MoneyField, TextArea } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/write'
import { FileForm } from './FileForm'

type Filing = Schemas['FilingPublic']
export interface Step {
  filing: Filing
  close: () => void
}

/** Parameters of a write to a filing as it is known. */
export const at = (filing: Filing) => ({ path: { filing_id: filing.id }, header: withVersion(filing.version) })

export const useFilingWrite = () => useWrite('filings', 'applications')

export const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date())

/** Everything one does with a filing, by the names of the workflow. */
export function useFilingActions(filing: Filing): Record<string, Run> {
  const { t } = useLingui()
  const write = useFilingWrite()
  const params = at(filing)
  return {
    file: { label: t`Record that it was sent`, form: (close) => <FileForm filing={filing} close={close} /> },
    grant: { label: t`Record that it was granted`, form: (close) => <GrantForm filing={filing} close={close} /> },
    refuse: { label: t`Record that it was refused`, form: (close) => <RefuseForm filing={filing} close={close} /> },
    change_plan: {
      label: t`Record a change of the plan`,
      form: (close) => <PlanChangeForm filing={filing} close={close} />,
    },
    report: { label: t`Record the report`, form: (close) => <ReportForm filing={filing} close={close} /> },
    recover: {
      label: t`Record money to be paid back`,
      form: (close) => <RecoverForm filing={filing} close={close} />,
    },
    close: {
      label: t`Close`,
      onClick: () => write(api.POST('/api/v1/filings/{filing_id}/close', { params }), t`The filing is closed.`),
    },
    withdraw: {
      label: filing.filed_on === null ? t`Give up the plan` : t`Take it back from the funder`,
      onClick: () => write(api.POST('/api/v1/filings/{filing_id}/withdraw', { params }), t`The filing is withdrawn.`),
    },
  }
}

/** A form in a window, with the button that leaves it. */
export function StepForm({
  send,
  close,
  label,
  children,
}: {
  send: () => Promise<unknown>
  close: () => void
  label: string
  children: Parameters<typeof Form>[0]['children']
}) {
  const { t } = useLingui()
  return (
    <Form
      send={async () => {
        await send()
        close()
      }}
      label={label}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {children}
    </Form>
  )
}

function GrantForm({ filing, close }: Step): ReactNode {
  const { t } = useLingui()
  const write = useFilingWrite()
  const [granted, setGranted] = useState<number | null>(filing.applied_cents)
  const [decided, setDecided] = useState<string | null>(today())
  const [reason, setReason] = useState('')
  const send = () => {
    const body = { granted_cents: granted as number, decided_on: decided as string, reason: reason.trim() || null }
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
          <DateField
            label={t`Day of the decision`}
            name="decided_on"
            value={decided}
            onChange={setDecided}
            fault={faultOf('/decided_on')}
          />
          <TextArea
            label={t`Reasons of the decision`}
            name="reason"
            optional
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
          />
        </>
      )}
    </StepForm>
  )
}

function RefuseForm({ filing, close }: Step) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const [decided, setDecided] = useState<string | null>(today())
  const [reason, setReason] = useState('')
  const send = () => {
    const body = { decided_on: decided as string, reason: reason.trim() || null }
    const call = api.POST('/api/v1/filings/{filing_id}/refuse', { params: at(filing), body })
    return write(call, t`The refusal is recorded.`)
  }
  return (
    <StepForm send={send} close={close} label={t`Record`}>
      {(faultOf) => (
        <>
          <DateField
            label={t`Day of the decision`}
            name="decided_on"
            value={decided}
            onChange={setDecided}
            fault={faultOf('/decided_on')}
          />
          <TextArea
            label={t`Reasons of the decision`}
            name="reason"
            optional
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
          />
        </>
      )}
    </StepForm>
  )
}

function PlanChangeForm({ filing, close }: Step) {
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

function ReportForm({ filing, close }: Step) {
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

function RecoverForm({ filing, close }: Step) {
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
