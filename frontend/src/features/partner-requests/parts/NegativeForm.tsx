import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { today } from '../../../lib/today'
import { Form } from '../../../ui/Form'
import { DateField, TextArea, TextField } from '../../../ui/inputs'

/** The authority does not become a partner: why, and how to appeal. */
export function NegativeForm({
  button,
  send,
}: {
  button: string
  send: (answer: Schemas['NegativeAnswer']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [reason, setReason] = useState('')
  const [body, setBody] = useState('')
  const [day, setDay] = useState<string | null>(today())
  const [section, setSection] = useState('')
  const [appeal, setAppeal] = useState('')
  return (
    <Form
      label={button}
      send={() =>
        send({
          reason: reason.trim(),
          body: body.trim() || null,
          decided_on: day ?? today(),
          section: section.trim() || null,
          appeal: appeal.trim(),
        })
      }
      check={() => ({
        ...(reason.trim() ? {} : { '/reason': t`Enter the reason.` }),
        ...(day ? {} : { '/decided_on': t`Give the day of the decision.` }),
        ...(appeal.trim() ? {} : { '/appeal': t`Say how to appeal.` }),
      })}
    >
      {(faultOf) => (
        <>
          <TextArea label={t`Reason`} name="reason" value={reason} onChange={setReason} fault={faultOf('/reason')} />
          <TextField
            label={t`Body or office that decided`}
            optional
            name="body"
            value={body}
            onChange={setBody}
            fault={faultOf('/body')}
          />
          <DateField
            label={t`Decided on`}
            name="decided_on"
            value={day}
            onChange={setDay}
            fault={faultOf('/decided_on')}
          />
          <TextField
            label={t`Section of the minutes`}
            hint={t`For example § 12`}
            optional
            name="section"
            value={section}
            onChange={setSection}
            fault={faultOf('/section')}
          />
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
