import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { query } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { Row, Rows } from '../../ui/Cards'
import { Dialog } from '../../ui/Dialog'
import { Empty } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { ImportState } from './components/ImportState'
import { useImportKinds } from './components/importKinds'
import { IMPORT_KINDS } from './components/labels'
import { Operation } from './components/Operation'
import { UploadForm } from './components/UploadForm'

export default function ImportsPage() {
  const { t } = useLingui()
  const kinds = useImportKinds()
  const [sending, setSending] = useState(false)
  const list = query.useInfiniteQuery('get', '/api/v1/imports', {}, byCursor)
  return (
    <Operation
      open={kinds.length > 0}
      whose={
        <Trans>
          Networks' coordinators and organisations' editors, signatories, officers and deciders import files here.
        </Trans>
      }
      title={t`Imports`}
      lead={t`Bring registers in as CSV files. What is there already is brought up to date, nothing is doubled.`}
    >
      <p>
        <Button onClick={() => setSending(true)}>{t`Import a file`}</Button>
      </p>
      <Dialog open={sending} title={t`Import a file`} onClose={() => setSending(false)}>
        <UploadForm kinds={kinds} />
      </Dialog>
      <PagedList
        query={list}
        empty={
          <Empty>
            <Trans>Nothing has been imported yet. A trial run shows what would happen without changing anything.</Trans>
          </Empty>
        }
      >
        {(items) => (
          <Rows>
            {items.map((one) => (
              <Row
                key={one.id}
                head={<Link to={`imports/${one.id}`}>{one.file_name}</Link>}
                status={<ImportState of={one} />}
                meta={[
                  t(IMPORT_KINDS[one.kind]),
                  formatMoment(one.created_at),
                  one.dry_run && t`trial run`,
                  t`${plural(one.rows_read, { one: '# row read', other: '# rows read' })}`,
                ]}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </Operation>
  )
}
