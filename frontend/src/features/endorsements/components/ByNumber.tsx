import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { InlineAlert } from 'suomifi-ui-components'
import { problemOf, query, type Schemas } from '../../../api/client'
import { lastDay } from '../../../lib/endorsements'
import { formatDay } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { useFilters } from '../../../lib/urlState'
import { Conditions } from '../../../ui/Conditions'
import { EndorsementStatus } from '../../../ui/EndorsementStatus'
import { Facts } from '../../../ui/Facts'
import { Failure, Skeleton } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { TextField } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { meaningOf, NUMBER, tidyNumber } from './labels'
import { Result } from './Result'

/** The check by number; the number stands in the address, so that a QR code can lead to the result. */
export function ByNumber() {
  const { t } = useLingui()
  const [{ number = '' }, change] = useFilters<'number'>()
  const [typed, setTyped] = useState(number)
  const asked = tidyNumber(number)
  return (
    <>
      <Form
        label={t`Check the number`}
        check={() =>
          NUMBER.test(tidyNumber(typed)) ? {} : { '/number': t`Write the whole number, such as NAME-2026-0001.` }
        }
        send={async () => change({ number: tidyNumber(typed) })}
      >
        {(faultOf) => (
          <TextField
            label={t`Number of the puumerkki`}
            hint={t`For example ELAMANKAARI-2026-0001`}
            name="number"
            value={typed}
            onChange={setTyped}
            fault={faultOf('/number')}
          />
        )}
      </Form>
      {NUMBER.test(asked) && <Found key={asked} number={asked} />}
    </>
  )
}

function Found({ number }: { number: string }) {
  const { t } = useLingui()
  const found = query.useQuery('get', '/api/v1/endorsements/{number}', { params: { path: { number } } })
  if (found.data) return <Endorsement endorsement={found.data} />
  if (!found.error) return <Skeleton lines={2} />
  if (problemOf(found.error).code !== 'not_found') return <Failure error={found.error} retry={() => found.refetch()} />
  return (
    <div role="alert">
      <InlineAlert status="error" labelText={t`There is no puumerkki with the number ${number}.`}>
        <Trans>Check the letters and digits. What is not in the register is no puumerkki.</Trans>
      </InlineAlert>
    </div>
  )
}

function Endorsement({ endorsement }: { endorsement: Schemas['EndorsementPublic'] }) {
  const { t } = useLingui()
  return (
    <Result title={endorsement.number} status={<EndorsementStatus endorsement={endorsement} />}>
      <p>{t(meaningOf(endorsement))}</p>
      <Conditions of={endorsement.conditions} level="h4" />
      <Facts
        facts={[
          [t`Application`, endorsement.title],
          [t`Version`, String(endorsement.version_number)],
          [t`Applicant`, endorsement.applicants.map((one) => textOf(one.names)).join(', ')],
          [t`Network`, textOf(endorsement.network_names)],
          [t`Last day of validity`, lastDay(endorsement)],
          [t`Ended on`, formatDay(endorsement.ended_at)],
        ]}
      />
      <p>
        <Link to={`endorsements/${endorsement.number}`}>{t`All about ${endorsement.number}`}</Link>
      </p>
    </Result>
  )
}
