import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { Dialog } from '../../../ui/Dialog'
import { Loaded } from '../../../ui/Feedback'
import { Section } from '../../../ui/Section'
import { useSaved } from './useSaved'

/** One's days in a calendar program: its address is shown this once, can be renewed, and can be ended. */
export function CalendarFeed() {
  const { t } = useLingui()
  const calendar = query.useQuery('get', '/api/v1/calendar', {})
  const { save, failed } = useSaved('calendar')
  const [url, setUrl] = useState<string>()
  const [isFirst, setIsFirst] = useState(true)
  const make = (first: boolean) =>
    save(
      api.POST('/api/v1/calendar', {}).then((answer) => {
        setUrl(answer.data?.url)
        setIsFirst(first)
        return answer
      }),
      t`The calendar link has been made.`,
    )
  return (
    <Section title={t`Deadlines in your own calendar`}>
      <p>
        <Trans>
          Your calendar program can subscribe to these days. Its link opens them without signing in, so share it with
          nobody.
        </Trans>
      </p>
      {failed}
      <Loaded query={calendar}>
        {({ made_at }) =>
          made_at === null ? (
            <Button variant="secondary" onClick={() => make(true)}>{t`Make a calendar link`}</Button>
          ) : (
            <>
              <p>{t`The link was made on ${formatDay(made_at)}.`}</p>
              <Button variant="secondary" onClick={() => make(false)}>{t`Replace the link`}</Button>{' '}
              <Button
                variant="secondaryNoBorder"
                onClick={() => save(api.DELETE('/api/v1/calendar', {}), t`The calendar link has been removed.`)}
              >
                {t`Remove the link`}
              </Button>
            </>
          )
        }
      </Loaded>
      <Dialog open={url !== undefined} title={t`Copy the calendar link now`} onClose={() => setUrl(undefined)}>
        <p>
          <Trans>It is shown this once. Add it to your calendar program as a calendar that is subscribed to.</Trans>{' '}
          {!isFirst && <Trans>The earlier link no longer opens anything.</Trans>}
        </p>
        <p style={{ overflowWrap: 'anywhere' }}>
          <code>{url}</code>
        </p>
      </Dialog>
    </Section>
  )
}
