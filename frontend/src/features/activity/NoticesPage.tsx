import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { formatDay } from '../../lib/format'
import { eventText, taskLabel } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { placeOf } from '../../lib/places'
import { dayOf } from '../../lib/today'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { StatusTag } from '../../ui/StatusTag'
import { Texts } from '../../ui/Texts'
import { useWrite } from '../../ui/useWrite'
import { useSaved } from './components/useSaved'

type Notice = Schemas['NoticePublic']

const REMINDERS: Record<Notice['step'], MessageDescriptor | undefined> = {
  opened: undefined,
  week_before: msg`Reminder: about a week left`,
  day_before: msg`Reminder: the last day is near`,
  late: msg`Reminder: late`,
  weekly: msg`Reminder: still open`,
  two_thirds: msg`Reminder: two thirds of the time have passed`,
  after_week: msg`Reminder: open for a week`,
  after_three_weeks: msg`Reminder: open for three weeks`,
  passed_on: msg`Late with others`,
  late_elsewhere: msg`Late with others`,
  told: undefined,
}

/** What one was told, day by day. Whoever looks has seen it; what was new stays marked while they look. */
export default function NoticesPage() {
  const { t } = useLingui()
  const notices = query.useQuery('get', '/api/v1/notices', {})
  const write = useWrite('notices')
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const unseen = (notices.data?.items ?? []).filter((one) => one.seen_at === null).map((one) => one.id)
  const news = unseen.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is told once, whatever else is rendered anew
  useEffect(() => {
    if (!news) return
    setFresh((before) => new Set([...before, ...news.split(',')]))
    void write(api.POST('/api/v1/notices/seen', { body: {} })).catch(() => undefined)
  }, [news])
  return (
    <Page title={t`Notices`} lead={<Link to="profile/notices">{t`Choose how you get notices`}</Link>}>
      <Loaded query={notices}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty action={<Link to="work">{t`My work`}</Link>}>
              <Trans>
                You have no notices. When something is for you to do, or happens to what is yours, it appears here.
              </Trans>
            </Empty>
          ) : (
            byDay(items).map(([day, ones]) => (
              <section key={day} aria-label={formatDay(day)}>
                <Heading variant="h2">{formatDay(day)}</Heading>
                <Rows>
                  {ones.map((one) => (
                    <One key={one.id} notice={one} isNew={fresh.has(one.id)} />
                  ))}
                </Rows>
              </section>
            ))
          )
        }
      </Loaded>
    </Page>
  )
}

function One({ notice, isNew }: { notice: Notice; isNew: boolean }) {
  const { t } = useLingui()
  const { label, to } = told(notice) ? { label: eventText(notice.kind), to: placeOfNotice } : taskLabel(notice.kind)
  const reminder = REMINDERS[notice.step]
  // which tasks they are is for others to know: it leads to where they are late
  const elsewhere = notice.step === 'late_elsewhere'
  const place = elsewhere ? `${notice.subject.kind}s/${notice.subject.id}` : to(notice)
  const times = notice.count
  const due = formatDay(notice.due_on)
  const what = (
    <>
      {t(label)}
      {notice.title && ': '}
      <Texts of={notice.title} />
    </>
  )
  return (
    <Row
      head={<Link to={place}>{what}</Link>}
      status={
        notice.is_open || told(notice) ? (
          isNew && <StatusTag tone="info">{t`New`}</StatusTag>
        ) : (
          <StatusTag>{t`Done`}</StatusTag>
        )
      }
      meta={[
        elsewhere && t`${plural(times, { one: '# late task', other: '# late tasks' })}`,
        !elsewhere && times > 1 && t`${plural(times, { one: '# time', other: '# times' })}`,
        notice.is_open && reminder && t(reminder),
        notice.is_open && due && t`Due ${due}`,
        told(notice) && due,
        ...placesOf(notice),
        notice.is_muted && t`No emails of what happens to this`,
      ]}
    >
      {told(notice) && <Mute notice={notice} />}
    </Row>
  )
}

/** One thing of which one wants to hear no more by email, and again where one does. */
function Mute({ notice: { subject, title, is_muted } }: { notice: Notice }) {
  const { t } = useLingui()
  const { save, failed } = useSaved('notice-choices', 'notices', 'next-digest')
  const { kind, id } = subject
  const name = textOf(title) ?? ''
  const hear = (channel: 'bell' | null, said: string) =>
    save(api.PUT('/api/v1/notice-exceptions/{kind}/{id}', { params: { path: { kind, id } }, body: { channel } }), said)
  return (
    <>
      {failed}
      {is_muted ? (
        <Button
          variant="secondaryNoBorder"
          aria-label={t`Hear of it again: ${name}`}
          onClick={() => hear(null, t`You hear of this by email again: ${name}`)}
        >
          {t`Hear of it again`}
        </Button>
      ) : (
        <Button
          variant="secondaryNoBorder"
          aria-label={t`Mute: ${name}`}
          onClick={() => hear('bell', t`No more emails of what happens to this: ${name}. Your tasks still come.`)}
        >
          {t`Mute`}
        </Button>
      )}
    </>
  )
}

/** The network, organisation or parties that it is about, without what it is titled by. */
function placesOf({ title, network_names, organisation_names, party_names }: Notice): string[] {
  const names = [network_names, organisation_names, ...party_names].map((one) => textOf(one))
  const own = textOf(title)
  return [...new Set(names)].filter((one): one is string => Boolean(one) && one !== own)
}

const told = (notice: Notice) => notice.step === 'told'
const placeOfNotice = ({ subject }: Pick<Notice, 'subject'>) => placeOf(subject)

function byDay(notices: Notice[]): [string, Notice[]][] {
  const found = new Map<string, Notice[]>()
  for (const one of notices) {
    const day = dayOf(new Date(one.created_at))
    found.set(day, [...(found.get(day) ?? []), one])
  }
  return [...found]
}
