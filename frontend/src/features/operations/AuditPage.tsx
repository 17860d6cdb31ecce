import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { query, type Schemas } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { eventLabels, eventText } from '../../lib/labels'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { DateField, TextField } from '../../ui/inputs'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { SUBJECTS, TIERS } from './components/labels'
import { Operation } from './components/Operation'

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const idOf = (typed: string | undefined) => (typed && ID.test(typed.trim()) ? typed.trim() : undefined)

export default function AuditPage() {
  const { t } = useLingui()
  return (
    <Operation
      title={t`Events`}
      lead={t`Who did what, and when. Events hold no content; who voted is sealed from operators, too.`}
    >
      <Events />
    </Operation>
  )
}

function Events() {
  const { t } = useLingui()
  const [filters, change] = useFilters<'type' | 'kind' | 'subject' | 'actor' | 'since' | 'until'>()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/audit-events',
    {
      params: {
        query: {
          type: filters.type,
          subject_kind: filters.kind,
          subject: idOf(filters.subject),
          actor: idOf(filters.actor),
          since: filters.since,
          until: filters.until,
        },
      },
    },
    byCursor,
  )
  const types = Object.entries(eventLabels).map(([value, word]) => ({ value, label: t(word) }))
  return (
    <>
      <Filters label={t`Search events`}>
        <Choose
          label={t`What happened`}
          any={t`Anything`}
          value={filters.type}
          options={types.sort((a, b) => a.label.localeCompare(b.label))}
          onChange={(type) => change({ type })}
        />
        <Choose
          label={t`To what`}
          any={t`Anything`}
          value={filters.kind}
          options={Object.entries(SUBJECTS).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(kind) => change({ kind })}
        />
        <DateField
          label={t`From`}
          optional
          name="since"
          value={filters.since ?? null}
          onChange={(since) => change({ since: since ?? undefined })}
        />
        <DateField
          label={t`Until`}
          optional
          name="until"
          value={filters.until ?? null}
          onChange={(until) => change({ until: until ?? undefined })}
        />
        <IdField
          key={`subject-${filters.subject}`}
          label={t`Id of the thing`}
          name="subject"
          value={filters.subject}
          onChange={(subject) => change({ subject })}
        />
        <IdField
          key={`actor-${filters.actor}`}
          label={t`Id of the person`}
          name="actor"
          value={filters.actor}
          onChange={(actor) => change({ actor })}
        />
      </Filters>
      <PagedList query={list} empty={<Empty>{t`No event matches. Look at more days, or take a filter away.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Event key={one.id} of={one} />
            ))}
          </Rows>
        )}
      </PagedList>
    </>
  )
}

/** An id is searched for once it is whole. */
function IdField({
  label,
  name,
  value,
  onChange,
}: {
  label: string
  name: string
  value: string | undefined
  onChange: (id: string | undefined) => void
}) {
  const { t } = useLingui()
  const [typed, setTyped] = useState(value ?? '')
  const bad = typed.trim() !== '' && idOf(typed) === undefined
  return (
    <TextField
      label={label}
      optional
      name={name}
      value={typed}
      onChange={(now) => {
        setTyped(now)
        if (now.trim() === '' || idOf(now)) onChange(idOf(now))
      }}
      fault={bad ? { status: 'error', statusText: t`This is no whole id.` } : undefined}
    />
  )
}

function Event({ of }: { of: Schemas['AuditEventPublic'] }) {
  const { t } = useLingui()
  const subject = SUBJECTS[of.subject.kind]
  const details = Object.keys(of.data).length > 0 && JSON.stringify(of.data)
  return (
    <Row
      head={t(eventText(of.type))}
      status={<time dateTime={of.occurred_at}>{formatMoment(of.occurred_at)}</time>}
      meta={[`#${of.position}`, of.type, t(TIERS[of.tier]), of.changed.join(', ')]}
    >
      <p style={{ margin: '4px 0 0' }}>
        {of.actor_id ? (
          <Trans>
            By <Link to={`audit?actor=${of.actor_id}`}>{of.actor_name ?? of.actor_id}</Link>
          </Trans>
        ) : (
          <Trans>By the service itself</Trans>
        )}{' '}
        · {subject ? t(subject) : of.subject.kind}:{' '}
        <Link to={`audit?subject=${of.subject.id}`}>
          <code>{of.subject.id}</code>
        </Link>
      </p>
      {details && (
        <p style={{ margin: 0, fontSize: '1rem', overflowWrap: 'anywhere' }}>
          <code>{details}</code>
        </p>
      )}
    </Row>
  )
}
