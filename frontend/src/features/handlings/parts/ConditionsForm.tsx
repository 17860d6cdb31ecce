import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { ChecksField } from '../../../ui/inputs'
import { type Handling, NEEDED, step, useHandlingWrite } from './handling'

/** Say which of the mark's conditions are met. */
export function ConditionsForm({
  handling,
  mark,
  close,
}: {
  handling: Handling
  mark: Schemas['EndorsementPublic'] | undefined
  close: () => void
}) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [met, setMet] = useState<string[]>([])
  const open = (mark?.conditions ?? []).flatMap((one, place) =>
    one.met ? [] : [{ value: String(place), label: one.text }],
  )
  const send = async () => {
    const body = { met: met.map(Number) }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/confirm_conditions', { ...step(handling), body }),
      t`The conditions are confirmed`,
    )
    close()
  }
  return (
    <Form label={t`Confirm`} send={send} check={() => (met.length > 0 ? {} : { '/met': t(NEEDED) })}>
      {(faultOf) => (
        <ChecksField
          label={t`Which conditions are met?`}
          hint={t`When all are met, the application gets a new mark without conditions, on its newest version.`}
          name="met"
          value={met}
          onChange={setMet}
          options={open}
          fault={faultOf('/met')}
        />
      )}
    </Form>
  )
}
