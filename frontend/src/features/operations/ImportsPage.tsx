import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { query } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { ImportState } from './components/ImportState'
import { useImportKinds } from './components/importKinds'
import { IMPORT_KINDS } from './components/labels'
import { Operation } from './components/Operation'

export default function ImportsPage() {
  const { t } = useLingui()
  const kinds = useImportKinds()
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
      lead={t`Bring lists in as CSV, XLSX or ODS files. You see what would happen before anything is stored.`}
    >
      <p>
        <Link to="imports/new">{t`Import a file`}</Link>
      </p>
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
