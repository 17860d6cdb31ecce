import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { RadiosField, TextArea } from '../../../ui/inputs'
import { type Agreement, partyName, useAgreementWrite } from '../components/agreement'
import type { Step } from './steps'

/** For which party one answers: mostly there is only one. */
function usePartyField(agreement: Agreement, ids: string[]) {
  const { t } = useLingui()
  const [party, setParty] = useState(ids.length === 1 ? (ids[0] ?? '') : '')
  const field = (
    <RadiosField
      label={t`For which party`}
      name="organisation_id"
      value={party}
      onChange={setParty}
      options={ids.map((id) => ({ value: id, label: partyName(agreement, id) }))}
    />
  )
  const only = (
    <p>
      {t`For which party`}: <strong>{partyName(agreement, party)}</strong>
    </p>
  )
  const check = () => (party ? {} : { '/organisation_id': t`Choose the party.` })
  return { party, check, field: ids.length > 1 ? field : only }
}

/** A party says that what another one recorded was agreed so. */
export function ConfirmForm({ agreement, close }: Step) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const { party, check, field } = usePartyField(agreement, agreement.confirm_for)
  async function send() {
    const params = { path: { agreement_id: agreement.id } }
    const call = api.POST('/api/v1/agreements/{agreement_id}/confirm', { params, body: { organisation_id: party } })
    await write(call, t`The agreement is confirmed.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Confirm`}
      check={check}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {() => (
        <>
          <p>
            <Trans>
              You say that the party has signed this agreement on paper. Once every other party has confirmed it, it
              counts in everybody’s figures, its tasks begin, and it is published if it says so.
            </Trans>
          </p>
          {field}
        </>
      )}
    </Form>
  )
}

/** A party says that it was not agreed so. */
export function DisputeForm({ agreement, close }: Step) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [reason, setReason] = useState('')
  const { party, check, field } = usePartyField(agreement, agreement.dispute_for)
  async function send() {
    const params = { path: { agreement_id: agreement.id } }
    const body = { organisation_id: party, reason }
    await write(api.POST('/api/v1/agreements/{agreement_id}/dispute', { params, body }), t`The agreement is disputed.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Dispute`}
      check={() => ({ ...check(), ...(reason.trim() ? {} : { '/reason': t`Say why.` }) })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>
              It counts in nobody’s figures after this. Whoever recorded it can correct it or cancel it, and you can
              still confirm it.
            </Trans>
          </p>
          {field}
          <TextArea label={t`Why`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}
