import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { textOf } from '../../lib/language'
import { Row, Rows } from '../../ui/Cards'
import { Loaded } from '../../ui/Feedback'
import { CheckField, ChooseField, RadiosField } from '../../ui/inputs'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { Section } from '../../ui/Section'
import { Followed } from './components/Followed'
import { NextDigest } from './components/NextDigest'
import { useSaved } from './components/useSaved'
import styles from './NoticeChoices.module.css'

type Choice = Schemas['NoticeChoicePublic']
type Exception = Schemas['NoticeExceptionPublic']
type Channel = Choice['channel']

const ROWS: Record<Choice['row'], { label: MessageDescriptor; hint?: MessageDescriptor }> = {
  urgent: {
    label: msg`Security, your own rights, and what has a legal effect`,
    hint: msg`Decisions, votes recorded for your member, changes of your roles.`,
  },
  tasks: {
    label: msg`When something new is for you to do`,
    hint: msg`Votes, signatures, additions and replies to an authority are always sent at once.`,
  },
  reminders: {
    label: msg`Reminders of what is still to be done`,
    hint: msg`A week and a day before the last day, and the day after it.`,
  },
  own: { label: msg`Applications and agreements of your own organisation` },
  networks: { label: msg`What happens in your networks` },
  authority: { label: msg`Matters of your authority`, hint: msg`Sent on weekdays.` },
  discussions: { label: msg`Discussions` },
  followed: { label: msg`What I follow` },
  operations: { label: msg`Running the service` },
  events: {
    label: msg`Emails of what happens`,
    hint: msg`This turns off all of the above but your tasks, reminders and what is always sent.`,
  },
}
const CHANNELS: Record<Channel, MessageDescriptor> = {
  now: msg`At once`,
  daily: msg`Daily digest`,
  weekly: msg`Weekly digest`,
  bell: msg`Only in the service`,
}
const OTHERWISE: Channel[] = ['daily', 'weekly', 'bell']
const WHOLE: Partial<Record<Channel, MessageDescriptor>> = { now: msg`As chosen above`, bell: msg`No emails` }

/** How one is told of what waits and what happens; each choice is kept at once. */
export default function NoticeChoicesPage() {
  const { t } = useLingui()
  const choices = query.useQuery('get', '/api/v1/notice-choices', {})
  return (
    <Page title={t`How you get notices`} crumbs={[{ to: 'profile', label: t`Profile` }]}>
      <p>
        <Trans>
          Emails are sent between 7:00 and 20:00. What comes up later, and the digests, are sent at 8:00 in the morning.
          The weekly digest comes on Mondays.
        </Trans>
      </p>
      <Loaded query={choices}>
        {({ items, exceptions, weekdays_only }) => (
          <>
            <Weekdays chosen={weekdays_only} />
            <Section title={t`Always sent at once`}>
              {items.filter(isLocked).map((one) => (
                <Locked key={one.row} choice={one} />
              ))}
            </Section>
            <Section title={t`What you choose`}>
              {items
                .filter((one) => !isLocked(one))
                .map((one) => (
                  <Chosen key={one.row} choice={one} />
                ))}
            </Section>
            <Followed />
            <Section title={t`Exceptions`}>
              <p>
                <Trans>What has a legal effect, and your tasks, are sent as chosen above all the same.</Trans>
              </p>
              {exceptions.filter(isPlace).map((one) => (
                <Otherwise key={one.id} exception={one} />
              ))}
            </Section>
            <Muted exceptions={exceptions.filter((one) => !isPlace(one))} />
          </>
        )}
      </Loaded>
      <NextDigest />
      <p>
        <Link to="notices">{t`All your notices`}</Link>
      </p>
    </Page>
  )
}

/** Whether one is written to on weekdays only; who acts for authorities is, unless they choose otherwise. */
function Weekdays({ chosen }: { chosen: boolean }) {
  const { t } = useLingui()
  const { save, failed } = useSaved('notice-choices', 'next-digest')
  const choose = (weekdays_only: boolean) =>
    save(api.PUT('/api/v1/notice-days', { body: { weekdays_only } }), t`Saved.`)
  return (
    <>
      {failed}
      <CheckField
        label={t`Only on weekdays`}
        hint={t`Emails of Saturday and Sunday are sent on Monday, but for security and ballots that are about to close.`}
        name="weekdays_only"
        value={chosen}
        onChange={choose}
      />
    </>
  )
}

const isLocked = ({ is_locked }: Choice) => is_locked
const isPlace = ({ kind }: Exception) => kind === 'network' || kind === 'organisation'

/** What nobody can turn off, and why. */
function Locked({ choice }: { choice: Choice }) {
  const { t } = useLingui()
  const { label, hint } = ROWS[choice.row]
  return (
    <p>
      <strong>{t(label)}</strong>
      {hint && <br />}
      {hint && t(hint)}
    </p>
  )
}

function Chosen({ choice }: { choice: Choice }) {
  const { t } = useLingui()
  const { save, failed } = useSaved('notice-choices', 'next-digest')
  const { label, hint } = ROWS[choice.row]
  const words = choice.row === 'events' ? { ...CHANNELS, ...WHOLE } : CHANNELS
  const choose = (channel: string) =>
    save(
      api.PUT('/api/v1/notice-choices/{row}', {
        params: { path: { row: choice.row } },
        body: { channel: channel as Channel },
      }),
      t`Saved.`,
    )
  return (
    <div className={styles.row}>
      {failed}
      <RadiosField
        label={t(label)}
        hint={hint && t(hint)}
        name={choice.row}
        value={choice.channel}
        onChange={choose}
        options={choice.channels.map((one) => ({ value: one, label: t(words[one]) }))}
      />
    </div>
  )
}

function useExcept() {
  const { t } = useLingui()
  const { save, failed } = useSaved('notice-choices')
  const except = ({ kind, id }: Exception, channel: Channel | null) =>
    save(
      api.PUT('/api/v1/notice-exceptions/{kind}/{id}', { params: { path: { kind, id } }, body: { channel } }),
      t`Saved.`,
    )
  return { except, failed }
}

function Otherwise({ exception }: { exception: Exception }) {
  const { t } = useLingui()
  const { except, failed } = useExcept()
  const options = OTHERWISE.map((one) => ({ value: one as string, label: t(CHANNELS[one]) }))
  return (
    <>
      {failed}
      <ChooseField
        label={textOf(exception.names) ?? ''}
        name={exception.id}
        value={exception.channel ?? 'as_above'}
        onChange={(channel) => except(exception, channel === 'as_above' ? null : (channel as Channel))}
        options={[{ value: 'as_above', label: t`As chosen above` }, ...options]}
      />
    </>
  )
}

/** Single things of which one wants to hear no more. */
function Muted({ exceptions }: { exceptions: Exception[] }) {
  const { t } = useLingui()
  const { except, failed } = useExcept()
  if (exceptions.length === 0) return null
  return (
    <Section title={t`Muted`}>
      {failed}
      <Rows>
        {exceptions.map((one) => {
          const name = textOf(one.names) || t`Something that you may not see any more`
          return (
            <Row
              key={one.id}
              head={name}
              status={
                <Button
                  variant="secondaryNoBorder"
                  aria-label={t`Hear of it again: ${name}`}
                  onClick={() => except(one, null)}
                >
                  {t`Hear of it again`}
                </Button>
              }
            />
          )
        })}
      </Rows>
    </Section>
  )
}
