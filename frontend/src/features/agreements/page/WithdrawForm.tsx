import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { at, useAgreementWrite } from '../components/agreement'
import type { Step } from './steps'

/** An amendment that waits for signatures is taken back, with what becomes of it. */
export function WithdrawForm({ agreement, close }: Step) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [reason, setReason] = useState('')
  const { current_version: version, version_in_force: inForce } = agreement
  async function send() {
    const call = api.POST('/api/v1/agreements/{agreement_id}/withdraw', { params: at(agreement), body: { reason } })
    await write(call, t`The amendment is taken back.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Take version ${version} back`}
      check={() => (reason.trim() ? {} : { '/reason': t`Say why.` })}
      secondary={<Button variant="secondary" onClick={close}>{t`Do not take it back`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>
              Version {version} can no longer be signed, and the signatures on it count for nothing. It stays in the
              list of versions. The version that all parties have signed remains {inForce}.
            </Trans>
          </p>
          <p>
            <Trans>What is written in the working copy stays: it can be changed and proposed anew.</Trans>
          </p>
          <TextArea label={t`Why`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}
