import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { useMe } from '../../lib/me'
import { Dialog } from '../Dialog'
import { Empty, Failure } from '../Feedback'
import { Form } from '../Form'
import { ChooseField, type Option } from '../inputs'
import { byCursor, PagedList } from '../PagedList'
import { StatusTag } from '../StatusTag'
import { useWrite, withVersion } from '../useWrite'
import styles from './Discussions.module.css'
import { MentionArea, Said } from './Mentions'
import { useMentions } from './mentioning'

type Audience = Schemas['Audience']
type Comment = Schemas['CommentPublic']

const WHOLE = 'whole'

/** What a thread is about. */
export interface Subject {
  kind: string
  id: string
}

/**
 * What is said on something, oldest first, each with those who read it; `audiences`: to whom one may speak here;
 * `parts`: what one may speak of alone, if it has parts.
 */
export function Comments({ on, audiences, parts = [] }: { on: Subject; audiences: Audience[]; parts?: Option[] }) {
  const { t } = useLingui()
  const [part, setPart] = useState(WHOLE)
  const about = part === WHOLE ? undefined : part
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/comments',
    { params: { query: { subject_kind: on.kind, subject_id: on.id, part: about } } },
    byCursor,
  )
  return (
    <>
      {parts.length > 0 && (
        <ChooseField
          label={t`What the comments are about`}
          name="part"
          value={part}
          onChange={setPart}
          options={[{ value: WHOLE, label: t`Everything` }, ...parts]}
        />
      )}
      <PagedList query={list} empty={<Empty>{t`Nobody has commented yet.`}</Empty>}>
        {(comments) => (
          <ol className={styles.thread}>
            {comments.map((one) => (
              <OneComment key={one.id} comment={one} about={parts.find((known) => known.value === one.part)?.label} />
            ))}
          </ol>
        )}
      </PagedList>
      {audiences.length > 0 && <WriteComment on={on} audiences={audiences} part={about} />}
    </>
  )
}

function OneComment({ comment, about }: { comment: Comment; about: string | undefined }) {
  const { t } = useLingui()
  const me = useMe()
  const write = useWrite('comments')
  const [editing, setEditing] = useState(false)
  const [asked, setAsked] = useState(false)
  const [error, setError] = useState<unknown>()
  const params = { path: { comment_id: comment.id }, header: withVersion(comment.version) }
  const mine = comment.author.id === me?.id && comment.removed_at === null
  const remove = () => {
    setAsked(false)
    void write(api.DELETE('/api/v1/comments/{comment_id}', { params }), t`The comment is removed.`).catch(setError)
  }
  return (
    <li>
      <p className={styles.meta}>
        <strong>{comment.author.name ?? t`Somebody who has left`}</strong>
        {about && <span>{about}</span>}
        <time dateTime={comment.created_at}>{formatMoment(comment.created_at)}</time>
        <StatusTag tone={comment.audience === 'applicants' ? 'neutral' : 'info'}>
          {t(enumLabels.Audience[comment.audience])}
        </StatusTag>
      </p>
      {editing ? (
        <EditComment comment={comment} done={() => setEditing(false)} />
      ) : (
        <p className={styles.body}>
          {comment.body === null ? <em>{t`This comment has been removed.`}</em> : <Said comment={comment} />}
        </p>
      )}
      {mine && !editing && (
        <div className={styles.buttons}>
          <Button variant="secondaryNoBorder" onClick={() => setEditing(true)}>{t`Edit`}</Button>
          <Button variant="secondaryNoBorder" onClick={() => setAsked(true)}>{t`Remove`}</Button>
        </div>
      )}
      {error !== undefined && <Failure error={error} />}
      <Dialog open={asked} title={t`Remove the comment?`} onClose={() => setAsked(false)}>
        <p className={styles.body}>
          <Said comment={comment} />
        </p>
        <div className={styles.buttons}>
          <Button onClick={remove}>{t`Remove`}</Button>
          <Button variant="secondary" onClick={() => setAsked(false)}>{t`Keep it`}</Button>
        </div>
      </Dialog>
    </li>
  )
}

function EditComment({ comment, done }: { comment: Comment; done: () => void }) {
  const { t } = useLingui()
  const write = useWrite('comments')
  const { text: body, setText: setBody, named, body: written } = useMentions(comment)
  const send = async () => {
    const params = { path: { comment_id: comment.id }, header: withVersion(comment.version) }
    await write(
      api.PATCH('/api/v1/comments/{comment_id}', { params, body: { body: written() } }),
      t`The comment is changed.`,
    )
    done()
  }
  return (
    <Form
      about={comment.id}
      send={send}
      label={t`Save`}
      secondary={<Button variant="secondary" onClick={done}>{t`Cancel`}</Button>}
      check={() => (body.trim() ? {} : { '/body': t`Write something first.` })}
    >
      {(faultOf) => (
        <MentionArea
          label={t`Comment`}
          value={body}
          onChange={setBody}
          named={named}
          on={{ kind: comment.subject_kind, id: comment.subject_id }}
          audience={comment.audience}
          fault={faultOf('/body')}
        />
      )}
    </Form>
  )
}

function WriteComment({ on, audiences, part }: { on: Subject; audiences: Audience[]; part: string | undefined }) {
  const { t } = useLingui()
  const write = useWrite('comments')
  const { text: body, setText: setBody, named, body: written } = useMentions()
  const [chosen, setChosen] = useState<Audience>()
  const seenBy = chosen ?? audiences[0] ?? 'applicants'
  const send = async () => {
    const said = { subject_kind: on.kind, subject_id: on.id, audience: seenBy, part, body: written() }
    await write(api.POST('/api/v1/comments', { body: said }), t`The comment is added.`)
    setBody('')
  }
  return (
    <Form send={send} label={t`Comment`} check={() => (body.trim() ? {} : { '/body': t`Write something first.` })}>
      {(faultOf) => (
        <>
          <MentionArea
            label={t`Your comment`}
            value={body}
            onChange={setBody}
            named={named}
            on={on}
            audience={seenBy}
            fault={faultOf('/body')}
          />
          {audiences.length > 1 ? (
            <ChooseField
              label={t`Who reads it`}
              name="audience"
              value={seenBy}
              onChange={(value) => setChosen(value as Audience)}
              fault={faultOf('/audience')}
              options={audiences.map((value) => ({ value, label: t(enumLabels.Audience[value]) }))}
            />
          ) : (
            <p className={styles.hint}>
              <Trans>Read by: {t(enumLabels.Audience[seenBy])}</Trans>
            </p>
          )}
        </>
      )}
    </Form>
  )
}
