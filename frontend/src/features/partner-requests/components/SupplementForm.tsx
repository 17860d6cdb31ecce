import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { inDays } from '../../../lib/today'
import { Form } from '../../../ui/Form'
import { DateField, TextArea } from '../../../ui/inputs'

/** What the applicant is asked for, and by when. */
export function SupplementForm({ send }: { send: (given: Schemas['SupplementAsk']) => Promise<unknown> }) {
  const { t } = useLingui()
  const [body, setBody] = useState('')
  const [by, setBy] = useState<string | null>(inDays(14))
  return (
    <Form
      label={t`Send to the applicant`}
      send={() => send({ body: body.trim(), answer_by: by })}
      check={() => ({
        ...(body.trim() ? {} : { '/body': t`Write something first.` }),
        ...(by ? {} : { '/answer_by': t(NEEDED) }),
      })}
    >
      {(faultOf) => (
        <>
          <TextArea label={t`What is missing`} name="body" value={body} onChange={setBody} fault={faultOf('/body')} />
          <DateField
            label={t`Answer by`}
            hint={t`After this day the case may be decided without the answer.`}
            name="answer_by"
            value={by}
            onChange={setBy}
            fault={faultOf('/answer_by')}
          />
        </>
      )}
    </Form>
  )
}
