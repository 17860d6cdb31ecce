import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { NEEDED } from '../../../lib/genericErrors'
import { Form } from '../../../ui/Form'
import { ChecksField } from '../../../ui/inputs'
import { type Handling, step, useHandlingWrite } from './handling'
import { VersionChanges } from './VersionChanges'

/** Say which of the puumerkki's conditions are met; the members whose conditions they are can object. */
export function ConditionsForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [met, setMet] = useState<string[]>([])
  const open = handling.conditions.flatMap((one, place) => (one.met ? [] : [{ value: String(place), label: one.text }]))
  const send = async () => {
    const body = { met: met.map(Number) }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/confirm_conditions', { ...step(handling), body }),
      t`The members whose conditions these are can now answer`,
    )
    close()
  }
  return (
    <Form label={t`Confirm`} send={send} check={() => (met.length > 0 ? {} : { '/met': t(NEEDED) })}>
      {(faultOf) => (
        <>
          <VersionChanges handling={handling} />
          <ChecksField
            label={t`Which conditions are met?`}
            hint={t`The members whose conditions these are can object for a week. When all conditions are met, the puumerkki is on the newest version without conditions.`}
            name="met"
            value={met}
            onChange={setMet}
            options={open}
            fault={faultOf('/met')}
          />
        </>
      )}
    </Form>
  )
}
