import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { today } from '../../../lib/today'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { type Decided, DecidedFields } from './DecidedFields'

/** The authority does not become a partner: why, and how to appeal. */
export function NegativeForm({
  button,
  from,
  send,
}: {
  button: string
  /** A proposal, from which the fields are filled. */
  from?: Schemas['ProposalGiven'] | null
  send: (answer: Schemas['NegativeAnswer']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [reason, setReason] = useState(from?.reason ?? '')
  const [decided, setDecided] = useState<Decided>({
    body: from?.body ?? '',
    day: from?.decided_on ?? today(),
    section: from?.section ?? '',
  })
  const [appeal, setAppeal] = useState(from?.appeal ?? '')
  return (
    <Form
      label={button}
      send={() =>
        send({
          reason: reason.trim(),
          body: decided.body.trim() || null,
          decided_on: decided.day ?? today(),
          section: decided.section.trim() || null,
          appeal: appeal.trim(),
        })
      }
      check={() => ({
        ...(reason.trim() ? {} : { '/reason': t`Enter the reason.` }),
        ...(decided.day ? {} : { '/decided_on': t`Give the day of the decision.` }),
        ...(appeal.trim() ? {} : { '/appeal': t`Say how to appeal.` }),
      })}
    >
      {(faultOf) => (
        <>
          <TextArea label={t`Reason`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
          <DecidedFields of={decided} onChange={setDecided} faultOf={faultOf} optional />
          <TextArea
            label={t`How to appeal`}
            name="appeal"
            value={appeal}
            onChange={setAppeal}
            fault={faultOf('/appeal')}
          />
        </>
      )}
    </Form>
  )
}
