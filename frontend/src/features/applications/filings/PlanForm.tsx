import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, query } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { ChooseField, MoneyField } from '../../../ui/inputs'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { at, type Filing, StepForm, useFilingWrite } from './step'

/** A funder's calls that are published, as options; `chosen` stands among them in any case. */
function useCallsOf(funder: string | undefined, chosen: string | null) {
  const params = { query: { funder, state: 'published' as const, limit: 200 } }
  const listed = query.useQuery('get', '/api/v1/calls', { params }, { enabled: funder !== undefined }).data?.items
  const missing = chosen !== null && listed !== undefined && !listed.some((one) => one.id === chosen)
  const path = { call_id: chosen ?? '' }
  const other = query.useQuery('get', '/api/v1/calls/{call_id}', { params: { path } }, { enabled: missing }).data
  const all = [...(missing && other ? [other] : []), ...(listed ?? [])]
  return all.map((one) => ({ value: one.id, label: textOf(one.names) }))
}

/** To which funder and call it goes, and how much is applied for; once it is planned its funder stays. */
export function PlanForm({
  application,
  filing,
  callId = null,
  applied: asked = null,
  close,
}: {
  application: string
  filing?: Filing
  /** The call that the application names, offered where it is the funder's. */
  callId?: string | null
  /** The sum that the application names. */
  applied?: number | null
  close: () => void
}) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const [funder, setFunder] = useState<Picked | null>(null)
  const [call, setCall] = useState(filing?.call_id ?? undefined)
  const [applied, setApplied] = useState(filing ? filing.applied_cents : asked)
  const calls = useCallsOf(filing?.funder_id ?? funder?.id, filing?.call_id ?? null)
  const named = !filing && calls.some((one) => one.value === callId) ? callId : null
  const chosen = call ?? named ?? ''

  function send() {
    const planned = { call_id: chosen || null, applied_cents: applied }
    if (filing) {
      const params = at(filing)
      return write(api.PATCH('/api/v1/filings/{filing_id}', { params, body: planned }), t`The plan is changed.`)
    }
    const body = { ...planned, application_id: application, funder_id: funder?.id ?? '' }
    return write(api.POST('/api/v1/filings', { body }), t`The filing is planned.`)
  }

  return (
    <StepForm
      send={send}
      close={close}
      label={filing ? t`Save` : t`Plan it`}
      check={() => (filing || funder ? {} : { '/funder_id': t`Choose a funder.` })}
    >
      {(faultOf) => (
        <>
          {!filing && (
            <OrganisationPicker
              label={t`Funder`}
              name="funder_id"
              value={funder}
              onChange={(picked) => {
                setFunder(picked)
                setCall(undefined)
              }}
              fault={faultOf('/funder_id')}
            />
          )}
          {calls.length > 0 && (
            <ChooseField
              label={t`Funding call`}
              name="call_id"
              value={chosen}
              onChange={setCall}
              fault={faultOf('/call_id')}
              optional
              none={t`No call`}
              options={calls}
            />
          )}
          <MoneyField
            label={t`Sum to apply for`}
            name="applied_cents"
            value={applied}
            onChange={setApplied}
            fault={faultOf('/applied_cents')}
            optional
          />
        </>
      )}
    </StepForm>
  )
}
