import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Heading } from 'suomifi-ui-components'
import { query, type Schemas } from '../../api/client'
import { formatDay, formatEnd, lastDay } from '../../lib/format'
import { taskLabel } from '../../lib/labels'
import { textOf } from '../../lib/language'
import { dayOf, today } from '../../lib/today'
import { Link } from '../Link'
import { Reason } from '../Reason'
import { StatusTag } from '../StatusTag'
import { DOES, page } from './does'
import styles from './Next.module.css'
import { DOERS, type Guided, partLabel, STAGES, type Step, sentence } from './sentences'

/** Tasks that one of several actions does, as the state of the thing is. */
const BY_ACTION = ['ballot_to_conclude', 'handling_to_decide']
const DAY_MS = 86_400_000
/** Votes are told to nobody before the ballot closes, so the turnout is asked for now and then. */
const BALLOT_MS = 10_000

/** The next step and the way, said anew when it changes; nothing where it cannot be told now: the page says what is wrong. */
export function Box({ kind, id }: { kind: Guided; id: string }) {
  const { t } = useLingui()
  const found = query.useQuery(
    'get',
    '/api/v1/next/{kind}/{key}',
    { params: { path: { kind, key: id } } },
    { refetchInterval: ({ state }) => (state.data?.step.closes_at ? BALLOT_MS : false) },
  )
  if (!found.data) return null
  const { step, stages } = found.data
  return (
    <section className={styles.box} data-late={step.late} aria-label={t`Next step`}>
      <div aria-live="polite">
        <Heading variant="h2" smallScreen className={styles.says}>
          {sentence(step, t)}
        </Heading>
        <Missing step={step} />
        <Doubt step={step} />
        <Due step={step} />
        <Useful step={step} />
        <Doer step={step} />
      </div>
      <Does step={step} kind={kind} id={id} />
      <Way stages={stages} />
    </section>
  )
}

/** Of a case: that what it requires may be revoked. */
function Doubt({ step }: { step: Step }) {
  if (step.revoking.length === 0) return null
  const names = step.revoking.map(textOf).join(', ')
  const day = formatDay(step.revoking_until)
  return (
    <p>
      <StatusTag tone="warning">
        <Trans>May be revoked</Trans>
      </StatusTag>{' '}
      <Trans>
        The network is considering revoking the puumerkki: {names}. The applicant is heard until {day}.
      </Trans>
    </p>
  )
}

/** So many parts that a draft lacks are named. */
const NAMED = 3

/** What a draft lacks, each a way to its place in the editor, or what else is in the way. */
function Missing({ step }: { step: Step }) {
  const { t } = useLingui()
  if (step.blocked_by)
    return (
      <p>
        <Reason code={step.blocked_by} />
      </p>
    )
  if (step.parts.length === 0) return null
  const rest = step.parts.length - NAMED
  return (
    <ul className={styles.missing} aria-label={t`What is missing`}>
      {step.parts.slice(0, NAMED).map((one) => (
        <li key={one}>
          <Link to={`${page(step)}/edit?part=${one}`}>{t(partLabel(one))}</Link>
        </li>
      ))}
      {rest > 0 && <li>{t`and ${rest} more`}</li>}
    </ul>
  )
}

/** Of a draft: the day that leaves the network its time comes first, then the one on which the call closes. */
const leavesTime = (step: Step) =>
  step.says.startsWith('draft') && step.day && step.day !== step.due_on ? step.day : undefined

function Useful({ step }: { step: Step }) {
  const by = leavesTime(step)
  if (!by || step.late) return null
  const closes = formatDay(step.due_on)
  const day = formatDay(by)
  return (
    <p>
      {by < today() ? (
        <Trans>The day that would have left the network time was {day}. The call is still open.</Trans>
      ) : (
        <Trans>By then the network still has time to answer. The call closes {closes}.</Trans>
      )}
    </p>
  )
}

function Due({ step }: { step: Step }) {
  const { t } = useLingui()
  const useful = leavesTime(step)
  const due = useful && useful >= today() ? useful : step.due_on
  const end = step.closes_at ?? due
  if (!end) return null
  const day = step.closes_at ? dayOf(new Date(lastDay(step.closes_at))) : end
  const left = Math.round((Date.parse(day) - Date.parse(today())) / DAY_MS)
  const when = step.closes_at ? formatEnd(step.closes_at) : formatDay(due)
  if (step.late)
    return (
      <p>
        <StatusTag tone="bad">{t`Late`}</StatusTag> <Trans>The last day was {when}.</Trans>
      </p>
    )
  const rest = left === 0 ? t`today` : t`${plural(left, { one: '# day left', other: '# days left' })}`
  return <p>{step.closes_at ? t`Ends ${when} (${rest})` : t`Last day ${when} (${rest})`}</p>
}

function Doer({ step }: { step: Step }) {
  const { t } = useLingui()
  if (step.doer === 'you' || step.doer === 'nobody') return null
  const who = [t(DOERS[step.doer]), step.doer_names.map(textOf).join(', ')].filter(Boolean).join(' – ')
  return <p>{t`Done by: ${who}`}</p>
}

/** A link, which stands out where the next step is the reader's own. */
function Does({ step, kind, id }: { step: Step; kind: Guided; id: string }) {
  const { t } = useLingui()
  if (!step.does) return null
  const task = step.task ? taskLabel(step.task) : undefined
  const how = step.does === 'task' ? undefined : DOES[step.does]
  const label = how?.label ?? task?.label
  if (!label) return null
  // a task leads where it leads from anywhere else; what is done by one of several actions leads to the action itself
  const to =
    task && step.doer === 'you' && !BY_ACTION.includes(step.task ?? '')
      ? task.to(taskOf(step, step.place ?? { kind, id }))
      : (how?.to(step) ?? '')
  return <Go to={to} label={t(label)} own={step.doer === 'you'} />
}

/** As a place asks for it: the kind and the subject are what it goes by. */
const taskOf = (step: Step, subject: Schemas['StepPlace']): Schemas['TaskPublic'] => ({
  kind: step.task ?? '',
  subject,
  network_id: null,
  network_names: null,
  organisation_id: null,
  organisation_names: null,
  due_on: step.due_on ?? null,
  created_at: '',
  title: null,
})

function Go({ to, label, own }: { to: string; label: string; own?: boolean }) {
  return (
    <p className={own ? styles.own : undefined}>
      <Link to={to} plain={own}>
        {label}
      </Link>
    </p>
  )
}

/** The stages; which one is now is said in words, too. */
function Way({ stages }: { stages: Schemas['Stage'][] }) {
  const { t } = useLingui()
  return (
    <ol className={styles.way} aria-label={t`The way`}>
      {stages.map((one) => {
        const day = formatDay(one.on)
        const since = formatDay(one.since)
        const several = one.total ? `${one.count}/${one.total}` : ''
        const said = {
          done: day || t`done`,
          now: day ? t`now, by ${day}` : since ? t`now, since ${since}` : t`now`,
          ready: t`can begin`,
          begun: day ? t`under way, by ${day}` : t`under way`,
          ahead: day ? t`by ${day}` : since ? t`begins ${since}` : t`to come`,
          unchosen: t`not chosen yet`,
          skipped: t`left out`,
        }[one.standing]
        return (
          <li
            key={one.name}
            data-standing={one.standing}
            aria-current={['now', 'ready'].includes(one.standing) ? 'step' : undefined}
          >
            {t(STAGES[one.name])} {several} <span className={styles.when}>{said}</span>
          </li>
        )
      })}
    </ol>
  )
}
