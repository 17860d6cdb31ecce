import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Block, Button } from 'suomifi-ui-components'
import { api, query } from '../../../api/client'
import { formatMoment } from '../../../lib/format'
import { Failure, Loaded, toast } from '../../../ui/Feedback'
import { useWrite } from '../../../ui/useWrite'

/** One's due days in a calendar program: an address that is shown once, replaced by a new one, or ended. */
export function CalendarAddress() {
  const { t } = useLingui()
  const write = useWrite('calendar')
  const found = query.useQuery('get', '/api/v1/calendar', {})
  const [address, setAddress] = useState('')
  const [error, setError] = useState<unknown>()
  const attempt = (doing: () => Promise<unknown>) => {
    setError(undefined)
    return doing().catch(setError)
  }
  const make = () => attempt(async () => setAddress((await write(api.POST('/api/v1/calendar'))).url))
  const end = () =>
    attempt(async () => {
      await write(api.DELETE('/api/v1/calendar'), t`The address opens nothing any more.`)
      setAddress('')
    })
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(address)
      toast(t`The address is copied.`)
    })
  return (
    <Loaded query={found}>
      {({ made_at }) => (
        <>
          <p>
            <Trans>
              What your organisations have to do under their agreements, on its day, in the calendar program that you
              use. Whoever has the address reads your calendar, so do not give it on.
            </Trans>
          </p>
          {address ? (
            <Block mb="m">
              <p>
                <Trans>Subscribe to this address. It is shown this once.</Trans>
              </p>
              <p style={{ overflowWrap: 'anywhere' }}>
                <code>{address}</code>
              </p>
              <Button variant="secondary" onClick={copy}>{t`Copy the address`}</Button>
            </Block>
          ) : (
            made_at && (
              <p>
                <Trans>There is an address, made {formatMoment(made_at)}. A new one ends it.</Trans>
              </p>
            )
          )}
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12 }}>
            <Button variant="secondary" onClick={make}>
              {made_at ? t`Make a new address` : t`Make an address`}
            </Button>
            {made_at && <Button variant="secondaryNoBorder" onClick={end}>{t`End the address`}</Button>}
          </div>
          {error !== undefined && <Failure error={error} />}
        </>
      )}
    </Loaded>
  )
}
