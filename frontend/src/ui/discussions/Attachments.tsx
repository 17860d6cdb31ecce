import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../api/client'
import { download } from '../../lib/download'
import { formatMoment, formatNumber } from '../../lib/format'
import { enumLabels } from '../../lib/labels'
import { useMe } from '../../lib/me'
import { Row, Rows } from '../Cards'
import { Dialog } from '../Dialog'
import { Empty, Failure } from '../Feedback'
import { OnDemand, part } from '../OnDemand'
import { byCursor, PagedList } from '../PagedList'
import { useWrite, withVersion } from '../useWrite'
import type { Subject } from './Comments'
import styles from './Discussions.module.css'

type Audience = Schemas['Audience']
type Attachment = Schemas['AttachmentPublic']

const adding = part(() => import('./AddFiles'))

/** The files on something, oldest first; `audiences`: for whom one may add files here. */
export function Attachments({ on, audiences }: { on: Subject; audiences: Audience[] }) {
  const { t } = useLingui()
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/attachments',
    { params: { query: { subject_kind: on.kind, subject_id: on.id } } },
    byCursor,
  )
  return (
    <>
      <PagedList query={list} empty={<Empty>{t`There are no files yet.`}</Empty>}>
        {(files) => (
          <Rows>
            {files.map((one) => (
              <OneFile key={one.id} file={one} />
            ))}
          </Rows>
        )}
      </PagedList>
      {audiences.length > 0 && (
        <OnDemand of={adding}>{({ AddFiles }) => <AddFiles on={on} audiences={audiences} />}</OnDemand>
      )}
    </>
  )
}

function OneFile({ file }: { file: Attachment }) {
  const { t } = useLingui()
  const me = useMe()
  const write = useWrite('attachments')
  const [asked, setAsked] = useState(false)
  const [error, setError] = useState<unknown>()
  const path = { attachment_id: file.id }
  const kilobytes = formatNumber(Math.ceil(file.size / 1000))
  if (file.removed_at !== null) return <Row head={<del>{file.name}</del>} meta={[t`Removed`]} />
  const open = () =>
    download(
      api.GET('/api/v1/attachments/{attachment_id}/content', { params: { path }, parseAs: 'blob' }),
      file.name,
    ).catch(setError)
  const remove = () => {
    const params = { path, header: withVersion(file.version) }
    setAsked(false)
    void write(api.DELETE('/api/v1/attachments/{attachment_id}', { params }), t`The file is removed.`).catch(setError)
  }
  return (
    <Row
      head={file.name}
      meta={[
        t(enumLabels.Audience[file.audience]),
        t`${kilobytes} kB`,
        formatMoment(file.created_at),
        file.uploaded_by.name,
      ]}
    >
      <div className={styles.buttons}>
        <Button variant="secondaryNoBorder" aria-label={t`Download: ${file.name}`} onClick={open}>
          {t`Download`}
        </Button>
        {file.uploaded_by.id === me?.id && (
          <Button variant="secondaryNoBorder" aria-label={t`Remove: ${file.name}`} onClick={() => setAsked(true)}>
            {t`Remove`}
          </Button>
        )}
      </div>
      {error !== undefined && <Failure error={error} />}
      <Dialog open={asked} title={t`Remove the file?`} onClose={() => setAsked(false)}>
        <p>{file.name}</p>
        <div className={styles.buttons}>
          <Button onClick={remove}>{t`Remove`}</Button>
          <Button variant="secondary" onClick={() => setAsked(false)}>{t`Keep it`}</Button>
        </div>
      </Dialog>
    </Row>
  )
}
