import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, query } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { Form } from '../../../ui/Form'
import { RadiosField } from '../../../ui/inputs'
import { ballotStep, type Handling, useHandlingWrite } from './handling'

/** A second person says whether the votes that were written down for members were given so. */
export function RecordedForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [said, setSaid] = useState('')
  const { data } = query.useQuery('get', '/api/v1/handlings/{handling_id}/ballot', {
    params: { path: { handling_id: handling.id } },
  })
  const send = async () => {
    if (!data) return
    const body = { confirmed: said === 'yes' }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/ballot/settle_recorded', { ...ballotStep(data), body }),
      t`Your answer has been recorded`,
    )
    close()
  }
  return (
    <Form label={t`Answer`} send={send} check={() => (said ? {} : { '/confirmed': t(NEEDED) })}>
      {(faultOf) => (
        <>
          <p>{t`The result would be different without the recorded votes. You see them below by name.`}</p>
          <RadiosField
            label={t`Were the votes given as recorded?`}
            name="confirmed"
            value={said}
            onChange={setSaid}
            options={[
              { value: 'yes', label: t`Yes, they count` },
              { value: 'no', label: t`No, the votes are counted without them` },
            ]}
            fault={faultOf('/confirmed')}
          />
        </>
      )}
    </Form>
  )
}
