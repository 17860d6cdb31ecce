import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { Form } from '../../../ui/Form'
import { RadiosField } from '../../../ui/inputs'
import { type Handling, step, useHandlingWrite } from './handling'
import { VersionChanges } from './VersionChanges'

/** A member objects: the second person says. */
export function SettleForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [said, setSaid] = useState('')
  const send = async () => {
    const body = { met: said === 'yes' }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/conditions_claim/settle', { ...step(handling), body }),
      t`Your answer has been recorded`,
    )
    close()
  }
  return (
    <Form label={t`Answer`} send={send} check={() => (said ? {} : { '/met': t(NEEDED) })}>
      {(faultOf) => (
        <>
          <VersionChanges handling={handling} />
          <RadiosField
            label={t`Are the conditions met?`}
            name="met"
            value={said}
            onChange={setSaid}
            options={[
              { value: 'yes', label: t`Yes, they are met` },
              { value: 'no', label: t`No, they stay open` },
            ]}
            fault={faultOf('/met')}
          />
        </>
      )}
    </Form>
  )
}
