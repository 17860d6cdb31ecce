import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { NEEDED } from '../../../lib/genericErrors'
import { Form } from '../../../ui/Form'
import { DateField, TextArea } from '../../../ui/inputs'
import { type Handling, step, useHandlingWrite } from './handling'

/** A later last day, once. */
export function ProlongForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [until, setUntil] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const send = async () => {
    const body = { valid_until: until ?? '', reason: reason.trim() }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/prolongations', { ...step(handling), body }),
      t`The extension waits for a second person`,
    )
    close()
  }
  const check = () => ({
    ...(until ? {} : { '/valid_until': t(NEEDED) }),
    ...(reason.trim() ? {} : { '/reason': t(NEEDED) }),
  })
  return (
    <Form label={t`Propose`} send={send} check={check}>
      {(faultOf) => (
        <>
          <p>
            {t`The validity can be extended once on the same version. The last day is now ${formatDay(handling.valid_until)}.`}
          </p>
          <DateField
            label={t`New last day of validity`}
            name="valid_until"
            value={until}
            onChange={setUntil}
            fault={faultOf('/valid_until')}
          />
          <TextArea label={t`Reason`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
        </>
      )}
    </Form>
  )
}
