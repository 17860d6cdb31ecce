import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Schemas } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { ChooseField, DateField } from '../../../ui/inputs'

/** Which officer prepares the case, and by when it is to be decided. */
export function PreparerForm({
  of,
  send,
}: {
  of: Schemas['PartnerRequestPublic']
  send: (given: Schemas['PreparerGiven']) => Promise<unknown>
}) {
  const { t } = useLingui()
  const [preparer, setPreparer] = useState(of.preparer?.principal_id ?? '')
  const [by, setBy] = useState(of.decide_by)
  return (
    <Form label={t`Save`} send={() => send({ preparer_id: preparer || null, decide_by: by })}>
      {(faultOf) => (
        <>
          <ChooseField
            label={t`Officer who prepares the case`}
            hint={t`The task is then shown to this officer only. If they can no longer act, it returns to all officers.`}
            name="preparer_id"
            value={preparer}
            onChange={setPreparer}
            fault={faultOf('/preparer_id')}
            optional
            none={t`Nobody in particular`}
            options={of.can_prepare.map((one) => ({
              value: one.principal_id,
              label: one.name ?? t`a former user`,
            }))}
          />
          <DateField
            label={t`To be decided by`}
            name="decide_by"
            value={by}
            onChange={setBy}
            fault={faultOf('/decide_by')}
            optional
          />
        </>
      )}
    </Form>
  )
}
