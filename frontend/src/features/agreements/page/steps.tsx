import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { inDays, today } from '../../../lib/today'
import { Form } from '../../../ui/Form'
import { DateField, RadiosField, TextArea } from '../../../ui/inputs'
import { type Agreement, at, partyName, useAgreementWrite } from '../components/agreement'

export interface Step {
  agreement: Agreement
  close: () => void
}

export function ProposeForm({ agreement, next, close }: Step & { next: number }) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [by, setBy] = useState<string | null>(inDays(30))
  async function send() {
    const body = { sign_by: by }
    const call = api.POST('/api/v1/agreements/{agreement_id}/propose', { params: at(agreement), body })
    await write(call, t`The agreement is proposed to be signed.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Propose version ${next}`}
      check={() => (by ? {} : { '/sign_by': t(NEEDED) })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>
              What is written now becomes version {next}, which does not change any more. All parties can read and sign
              it. It takes effect once all have signed, on its first day at the earliest.
            </Trans>
          </p>
          {agreement.current_version === null ? (
            <p>
              <Trans>From now on the other parties see the agreement, and who is a party can no longer change.</Trans>
            </p>
          ) : (
            agreement.current_version !== agreement.version_in_force && (
              <p>
                <Trans>Signatures on version {agreement.current_version} do not count for the new one.</Trans>
              </p>
            )
          )}
          <DateField
            label={t`To be signed by`}
            name="sign_by"
            value={by}
            onChange={setBy}
            fault={faultOf('/sign_by')}
          />
        </>
      )}
    </Form>
  )
}

export function SignForm({ agreement, close }: Step) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  // what one read when the window opened: a version proposed meanwhile is refused, not signed unseen
  const [number] = useState(agreement.current_version ?? 1)
  const [party, setParty] = useState(agreement.sign_for.length === 1 ? (agreement.sign_for[0] ?? '') : '')
  const options = agreement.sign_for.map((id) => ({ value: id, label: partyName(agreement, id) }))
  async function send() {
    const params = { path: { agreement_id: agreement.id } }
    const body = { organisation_id: party, version_number: number }
    await write(api.POST('/api/v1/agreements/{agreement_id}/sign', { params, body }), t`The agreement is signed.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Sign version ${number}`}
      check={() => (party ? {} : { '/organisation_id': t`Choose the party for which you sign.` })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>
              {agreement.title}, version {number}: you sign it exactly as it was sent for signature.
            </Trans>
          </p>
          {agreement.changed && (
            <p>
              <Trans>The working copy has been changed since. The changes are not a part of what you sign.</Trans>
            </p>
          )}
          {options.length > 1 ? (
            <RadiosField
              label={t`For which party`}
              name="organisation_id"
              value={party}
              onChange={setParty}
              fault={faultOf('/organisation_id')}
              options={options}
            />
          ) : (
            <p>
              {t`For which party`}: <strong>{options[0]?.label}</strong>
            </p>
          )}
          <p>
            <Trans>You sign on behalf of the party, and the signature cannot be removed from the service.</Trans>
          </p>
          <p>
            <strong>
              <Trans>
                Sign only if you may do so alone: as a signatory, under an authorisation, under administrative
                regulations or under a decision. If two must sign jointly, you need an authorisation.
              </Trans>
            </strong>
          </p>
        </>
      )}
    </Form>
  )
}

export function CancelForm({ agreement, close }: Step) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [reason, setReason] = useState('')
  async function send() {
    const call = api.POST('/api/v1/agreements/{agreement_id}/cancel', { params: at(agreement), body: { reason } })
    await write(call, t`The agreement is cancelled.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Cancel the agreement`}
      check={() => (reason.trim() ? {} : { '/reason': t`Say why.` })}
      secondary={<Button variant="secondary" onClick={close}>{t`Do not cancel it`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>It cannot be signed or changed after this. This cannot be undone.</Trans>
          </p>
          <TextArea label={t`Why`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}

export function TerminateForm({ agreement, close }: Step) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [ended, setEnded] = useState<string | null>(today())
  const [reason, setReason] = useState('')
  async function send() {
    const body = { ended_on: ended as string, reason }
    const call = api.POST('/api/v1/agreements/{agreement_id}/terminate', { params: at(agreement), body })
    await write(call, t`The agreement is terminated.`)
    close()
  }
  const notice = agreement.content.notice_months
  return (
    <Form
      send={send}
      label={t`Terminate the agreement`}
      check={() => ({
        ...(ended ? {} : { '/ended_on': t`This is needed.` }),
        ...(reason.trim() ? {} : { '/reason': t`Say why.` }),
      })}
      secondary={<Button variant="secondary" onClick={close}>{t`Do not terminate it`}</Button>}
    >
      {(faultOf) => (
        <>
          {notice != null && (
            <p>
              <Trans>Notice in months, as agreed: {notice}</Trans>
            </p>
          )}
          <DateField
            label={t`Last day`}
            name="ended_on"
            value={ended}
            onChange={setEnded}
            fault={faultOf('/ended_on')}
          />
          <TextArea label={t`Why`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}
