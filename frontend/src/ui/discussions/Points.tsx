import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { toneOf } from '../../lib/tones'
import { Actions } from '../Actions'
import { Empty } from '../Feedback'
import { Form } from '../Form'
import { TextArea } from '../inputs'
import { byCursor, PagedList } from '../PagedList'
import { StatusTag } from '../StatusTag'
import { useWrite, withVersion } from '../useWrite'
import type { Subject } from './Comments'
import styles from './Discussions.module.css'

type Point = Schemas['PointPublic']

type Part = Schemas['ApplicationPart']

/** What the network asked to have mended, oldest first, with answers; they are asked for when a case is returned. */
export function Points({
  on,
  onGo,
}: {
  on: Subject
  /** Leads to the part of the application that a point is about, where that can be written. */
  onGo?: (part: Part) => void
}) {
  const { t } = useLingui()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/points',
    { params: { query: { subject_kind: on.kind, subject_id: on.id } } },
    byCursor,
  )
  return (
    <PagedList query={list} empty={<Empty>{t`Nothing has been asked to be mended.`}</Empty>}>
      {(points) => (
        <ol className={styles.thread}>
          {points.map((one) => (
            <OnePoint key={one.id} point={one} onGo={onGo} />
          ))}
        </ol>
      )}
    </PagedList>
  )
}

function OnePoint({ point, onGo }: { point: Point; onGo?: (part: Part) => void }) {
  const { t } = useLingui()
  const about = point.part as Part
  const part = enumLabels.ApplicationPart[about]
  const name = part && t(part)
  return (
    <li>
      <p className={styles.meta}>
        {name && <strong>{name}</strong>}
        <span>{point.raised_by.name}</span>
        <time dateTime={point.created_at}>{formatMoment(point.created_at)}</time>
        <StatusTag tone={toneOf(point.state)}>{t(enumLabels.PointState[point.state])}</StatusTag>
      </p>
      <p className={styles.body}>{point.body}</p>
      {name && onGo && point.state === 'open' && (
        <Button variant="secondary" onClick={() => onGo(about)}>{t`Go to the part: ${name}`}</Button>
      )}
      {point.answer && (
        <div className={styles.answer}>
          <p className={styles.meta}>
            <Trans>Answer: {point.answered_by?.name ?? ''}</Trans>
          </p>
          <p className={styles.body}>{point.answer}</p>
        </div>
      )}
      {point.state !== 'settled' && <PointActions listed={point} />}
    </li>
  )
}

function PointActions({ listed }: { listed: Point }) {
  const { t } = useLingui()
  const write = useWrite('points')
  const path = { point_id: listed.id }
  const found = query.useQuery('get', '/api/v1/points/{point_id}', { params: { path } }).data
  if (found === undefined) return null
  // the list may have come anew first: one acts on what one sees
  const point = found.version < listed.version ? { ...found, ...listed } : found
  const params = { path, header: withVersion(point.version) }
  const settle = () => write(api.POST('/api/v1/points/{point_id}/settle', { params }), t`The point is settled.`)
  return (
    <Actions
      about={point.body.slice(0, 60)}
      of={point.available_actions.filter((one) => one.allowed)}
      run={{
        answer: {
          label: point.answer ? t`Answer anew` : t`Answer`,
          form: (close) => <AnswerForm point={point} close={close} />,
        },
        settle: { label: t`Settled`, onClick: settle },
      }}
    />
  )
}

function AnswerForm({ point, close }: { point: Schemas['PointDetails']; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('points')
  const [answer, setAnswer] = useState(point.answer ?? '')
  const send = async () => {
    const params = { path: { point_id: point.id }, header: withVersion(point.version) }
    await write(api.POST('/api/v1/points/{point_id}/answer', { params, body: { answer } }), t`The answer is sent.`)
    close()
  }
  return (
    <Form
      about={point.id}
      send={send}
      label={t`Send the answer`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (answer.trim() ? {} : { '/answer': t`Write something first.` })}
    >
      {(faultOf) => (
        <>
          <p className={styles.body}>{point.body}</p>
          <TextArea
            label={t`Your answer`}
            name="answer"
            value={answer}
            onChange={setAnswer}
            fault={faultOf('/answer')}
          />
        </>
      )}
    </Form>
  )
}
