import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { formatEnd } from '../../../lib/format'
import { NEEDED } from '../../../lib/genericErrors'
import { scopesOf, useMe } from '../../../lib/me'
import { Facts } from '../../../ui/Facts'
import { Form } from '../../../ui/Form'
import { CheckField, TextArea } from '../../../ui/inputs'
import { type Handling, useHandlingWrite } from './handling'

/** What the applicant thinks of revoking; the leading one says too whether it asks for it itself, where that is the cause. */
export function ViewForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const leads = scopesOf(useMe(), 'organisation', 'applications:write').includes(handling.applicant.id)
  const [view, setView] = useState('')
  const [asks, setAsks] = useState(handling.revocation?.asks ?? false)
  const mayAsk = leads && handling.revocation?.cause === 'applicant_asks'
  const send = async () => {
    const params = { path: { handling_id: handling.id } }
    const body = { view: view.trim(), asks: mayAsk && asks }
    await write(
      api.PUT('/api/v1/handlings/{handling_id}/revocation/view', { params, body }),
      t`Your view has been sent`,
    )
    close()
  }
  return (
    <Form label={t`Send the view`} send={send} check={() => (view.trim() ? {} : { '/view': t(NEEDED) })}>
      {(faultOf) => (
        <>
          {handling.revocation && (
            <Facts
              facts={[
                [t`Reason`, handling.revocation.reason],
                [t`Last day for the view`, formatEnd(handling.revocation.heard_until)],
              ]}
            />
          )}
          <p>{t`The network's members see it before this is settled. You can change it until the time ends.`}</p>
          <TextArea
            label={t`The applicant's view`}
            name="view"
            value={view}
            onChange={setView}
            fault={faultOf('/view')}
          />
          {mayAsk && (
            <CheckField
              label={t`We ask that the puumerkki be revoked`}
              hint={t`The network can then revoke it at once. Without this it is not revoked for this cause.`}
              name="asks"
              value={asks}
              onChange={setAsks}
              fault={faultOf('/asks')}
            />
          )}
        </>
      )}
    </Form>
  )
}
