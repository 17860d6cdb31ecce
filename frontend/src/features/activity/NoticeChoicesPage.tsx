import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { api, query, type Schemas } from '../../api/client'
import { Loaded } from '../../ui/Feedback'
import { ChooseField } from '../../ui/inputs'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useWrite } from '../../ui/useWrite'

type Choice = Schemas['NoticeChoicePublic']

const ROWS: Record<Choice['row'], { label: MessageDescriptor; hint: MessageDescriptor }> = {
  tasks: {
    label: msg`When something new is for you to do`,
    hint: msg`Votes, signatures, additions and replies to an authority are always sent at once.`,
  },
  reminders: {
    label: msg`Reminders of what is still to be done`,
    hint: msg`A week and a day before the last day, and the day after it.`,
  },
}
const CHANNELS: Record<Choice['channel'], MessageDescriptor> = {
  now: msg`By email at once`,
  daily: msg`By email once a day, in the morning`,
  bell: msg`Only in the service`,
}

/** How one is told of what waits; each choice is kept at once. */
export default function NoticeChoicesPage() {
  const { t } = useLingui()
  const choices = query.useQuery('get', '/api/v1/notice-choices', {})
  return (
    <Page title={t`How you get notices`} crumbs={[{ to: 'profile', label: t`Profile` }]}>
      <p>
        <Trans>Emails are sent between 7:00 and 20:00. What comes up later is sent at 8:00 in the morning.</Trans>
      </p>
      <Loaded query={choices}>{({ items }) => items.map((one) => <Chosen key={one.row} choice={one} />)}</Loaded>
      <p>
        <Link to="notices">{t`All your notices`}</Link>
      </p>
    </Page>
  )
}

function Chosen({ choice }: { choice: Choice }) {
  const { t } = useLingui()
  const write = useWrite('notice-choices')
  const { label, hint } = ROWS[choice.row]
  const choose = (channel: string) =>
    write(
      api.PUT('/api/v1/notice-choices/{row}', {
        params: { path: { row: choice.row } },
        body: { channel: channel as Choice['channel'] },
      }),
      t`Saved.`,
    )
  const options = (Object.keys(CHANNELS) as Choice['channel'][]).map((one) => ({
    value: one,
    label: t(CHANNELS[one]),
  }))
  return (
    <ChooseField
      label={t(label)}
      hint={t(hint)}
      name={choice.row}
      value={choice.channel}
      onChange={(channel) => void choose(channel).catch(() => undefined)}
      options={options}
    />
  )
}
