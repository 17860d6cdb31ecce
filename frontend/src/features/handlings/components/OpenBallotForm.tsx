import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { Form } from '../../../ui/Form'
import { MomentField } from '../../../ui/MomentField'
import { type Handling, step, useHandlingWrite } from './handling'

/** Let the network vote, until the rulebook's days are over or another moment. */
export function OpenBallotForm({ handling, close }: { handling: Handling; close: () => void }) {
  const { t } = useLingui()
  const write = useHandlingWrite()
  const [closesAt, setClosesAt] = useState<string | null>(null)
  const send = async () => {
    const body = { closes_at: closesAt }
    await write(
      api.POST('/api/v1/handlings/{handling_id}/open_ballot', { ...step(handling), body }),
      t`The ballot is open`,
    )
    close()
  }
  return (
    <Form label={t`Open the ballot`} send={send}>
      {(faultOf) => (
        <>
          <p>
            <Trans>
              Every member that has a vote and has accepted the rulebook can vote. Nobody sees others' votes before the
              ballot closes.
            </Trans>{' '}
            <Plural
              value={handling.rule?.ballot_days ?? 0}
              one="By the rulebook the ballot is open for # day."
              other="By the rulebook the ballot is open for # days."
            />
          </p>
          <MomentField
            label={t`Closes later, at the end of this day`}
            name="closes_at"
            value={closesAt}
            onChange={setClosesAt}
            fault={faultOf('/closes_at')}
            optional
          />
        </>
      )}
    </Form>
  )
}
