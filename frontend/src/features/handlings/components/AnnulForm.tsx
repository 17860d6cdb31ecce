import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { enumLabels } from '../../../lib/labels'
import { Form } from '../../../ui/Form'
import { RadiosField, TextArea } from '../../../ui/inputs'
import { type Handling, step, useHandlingWrite } from './handling'

/** What was wrong in the ballot; a second person confirms it. */
export function AnnulForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [fault, setFault] = useState('')
  const [reason, setReason] = useState('')
  const send = async () => {
    const body = { fault: fault as Schemas['BallotFault'], reason: reason.trim() }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/annul_ballot', { ...step(handling), body }),
      t`The proposal waits for a second person`,
    )
    close()
  }
  const check = () => ({
    ...(fault ? {} : { '/fault': t(NEEDED) }),
    ...(reason.trim() ? {} : { '/reason': t(NEEDED) }),
  })
  return (
    <Form label={t`Propose`} send={send} check={check}>
      {(faultOf) => (
        <>
          <p>{t`The ballot continues until a second person confirms that something is wrong in it.`}</p>
          <RadiosField
            label={t`What is wrong`}
            name="fault"
            value={fault}
            onChange={setFault}
            options={Object.entries(enumLabels.BallotFault).map(([value, word]) => ({ value, label: t(word) }))}
            fault={faultOf('/fault')}
          />
          <TextArea
            label={t`Reason`}
            hint={t`The members see this.`}
            name="reason"
            value={reason}
            onChange={setReason}
            fault={faultOf('/reason')}
          />
        </>
      )}
    </Form>
  )
}
