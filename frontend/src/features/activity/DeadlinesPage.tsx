import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { query } from '../../api/client'
import { dayLabel, isDay } from '../../lib/days'
import { formatDay, formatEnd } from '../../lib/format'
import { taskLabel } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { placeOf } from '../../lib/places'
import { dayOf } from '../../lib/today'
import { Row, Rows } from '../../ui/Cards'
import { Empty, Loaded } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { Section } from '../../ui/Section'
import { StatusTag } from '../../ui/StatusTag'
import { Texts } from '../../ui/Texts'
import { CalendarFeed } from './components/CalendarFeed'
import { byTime, type Day, type When } from './components/days'
import { useNarrowed } from './components/narrowing'

const TITLES: Record<Exclude<When, 'month'>, MessageDescriptor> = {
  late: msg`Overdue`,
  this_week: msg`This week`,
  next_week: msg`Next week`,
}
const AHEAD_MS = 400 * 86_400_000

/** All days that concern whoever is signed in: late first, then by week and month. */
export default function DeadlinesPage() {
  const { t } = useLingui()
  const until = dayOf(new Date(Date.now() + AHEAD_MS))
  const days = query.useQuery('get', '/api/v1/deadlines', { params: { query: { until } } })
  return (
    <Page
      title={t`Deadlines`}
      lead={t`Last days of your tasks, ballots, meetings, duties of agreements and calls.`}
      crumbs={[{ to: 'work', label: t`My work` }]}
    >
      <Loaded query={days}>{({ items, more }) => <Days all={items} more={more} />}</Loaded>
      <CalendarFeed />
    </Page>
  )
}

function Days({ all, more }: { all: Day[]; more: boolean }) {
  const { t } = useLingui()
  const { shown, fields } = useNarrowed(all, { label: t`Kind of day`, kind: (one) => t(labelOf(one)) })
  if (all.length === 0)
    return (
      <Empty action={<Link to="work">{t`My work`}</Link>}>
        <Trans>
          You have no deadlines. Days of tasks, ballots, meetings, agreements and calls appear here when there are some.
        </Trans>
      </Empty>
    )
  return (
    <>
      {fields}
      {shown.length === 0 && <Empty>{t`There are no days of this kind there.`}</Empty>}
      {byTime(shown, new Date()).map(({ key, when, month, days }) => (
        <Section key={key} title={`${when === 'month' ? month : t(TITLES[when])} (${days.length})`}>
          <Rows>
            {days.map((one) => (
              <One key={`${one.kind}-${one.subject.id}-${one.organisation_id}-${one.due_on}`} day={one} />
            ))}
          </Rows>
        </Section>
      ))}
      {more && (
        <p>
          <Trans>These are the first days. Others appear when some of them have passed.</Trans>
        </p>
      )}
    </>
  )
}

function One({ day }: { day: Day }) {
  const { t } = useLingui()
  return (
    <Row
      head={
        <Link to={day.is_task ? taskLabel(day.kind).to(day) : placeOf(day.subject)}>
          {t(labelOf(day))}
          {day.title && ': '}
          <Texts of={day.title} />
        </Link>
      }
      status={day.is_late ? <StatusTag tone="bad">{t`Overdue`}</StatusTag> : undefined}
      meta={[
        day.due_at ? formatEnd(day.due_at) : formatDay(day.due_on),
        textOf(day.network_names),
        textOf(day.organisation_names),
      ]}
    />
  )
}

/** A task's own words, or what happens on the day. A duty is called as its task before its time, too. */
const labelOf = (day: Day) => (isDay(day.kind) ? dayLabel(day.kind) : taskLabel(day.kind).label)
