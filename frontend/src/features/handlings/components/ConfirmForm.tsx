import { useLingui } from '@lingui/react/macro'
import { api } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { DecisionFacts } from './Decisions'
import { type Handling, step, useHandlingWrite } from './handling'

/** The second person reads what was recorded, and confirms it. */
export function ConfirmForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const waiting = handling.decisions.find((one) => one.confirmed_at === null && one.fell_at === null)
  if (!waiting) return null
  const { path, header } = step(handling).params
  const params = { path: { ...path, decision_id: waiting.id }, header }
  const send = async () => {
    await write(
      api.POST('/api/v1/handlings/{handling_id}/decisions/{decision_id}/confirm', { params }),
      t`The decision has been confirmed and reported to the members`,
    )
    close()
  }
  return (
    <Form label={t`Confirm`} send={send}>
      {() => <DecisionFacts decision={waiting} network={handling.network_id} />}
    </Form>
  )
}
