import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { query, type Schemas } from '../../api/client'
import { formatMoment } from '../../lib/format'
import { useFilters } from '../../lib/urlState'
import { Row, Rows } from '../../ui/Cards'
import { Empty } from '../../ui/Feedback'
import { Choose, Filters } from '../../ui/Filters'
import { Link } from '../../ui/Link'
import { byCursor, PagedList } from '../../ui/PagedList'
import { goesOn, ImportState } from './components/ImportState'
import { useImportKinds } from './components/importKinds'
import { IMPORT_KINDS, IMPORT_STATES } from './components/labels'
import { Operation } from './components/Operation'
import { ResultFile } from './components/ResultFile'

type Kind = Schemas['ImportKind']
type State = Schemas['ImportState']
type Listed = Schemas['ImportListed']

export default function ImportsPage() {
  const { t } = useLingui()
  const kinds = useImportKinds()
  const [filters, change] = useFilters<'kind' | 'state'>()
  const asked = { kind: filters.kind as Kind | undefined, state: filters.state as State | undefined }
  const list = query.useInfiniteQuery('get', '/api/v1/imports', { params: { query: asked } }, byCursor)
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
      <Filters label={t`Choose imports`}>
        <Choose
          label={t`What the file holds`}
          any={t`All`}
          value={filters.kind}
          options={kinds.map((value) => ({ value, label: t(IMPORT_KINDS[value]) }))}
          onChange={(kind) => change({ kind })}
        />
        <Choose
          label={t`Status`}
          any={t`Any status`}
          value={filters.state}
          options={Object.entries(IMPORT_STATES).map(([value, word]) => ({ value, label: t(word) }))}
          onChange={(state) => change({ state })}
        />
      </Filters>
      <PagedList
        query={list}
        empty={
          filters.kind || filters.state ? (
            <Empty>
              <Trans>No import is like this. Choose another state or all.</Trans>
            </Empty>
          ) : (
            <Empty>
              <Trans>
                Nothing has been imported yet. A trial run shows what would happen without changing anything.
              </Trans>
            </Empty>
          )
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
                  one.asked_by_name && t`Sent: ${one.asked_by_name}`,
                ]}
              >
                <Done of={one} />
              </Row>
            ))}
          </Rows>
        )}
      </PagedList>
    </Operation>
  )
}

/** What an import did, who did it, and until when it can be taken back. */
function Done({ of }: { of: Listed }) {
  const { t } = useLingui()
  if (goesOn(of.state))
    return (
      <p>
        <Plural value={of.rows_read} one="# row read so far" other="# rows read so far" />
      </p>
    )
  if (of.state !== 'succeeded' && of.state !== 'undone' && of.state !== 'tried') return null
  const open = of.undo_until !== null && Date.parse(of.undo_until) > Date.now()
  return (
    <>
      <ul>
        {of.created > 0 && (
          <li>
            {of.state === 'tried' ? (
              <Plural value={of.created} one="# row would be added" other="# rows would be added" />
            ) : (
              <Plural value={of.created} one="# row added" other="# rows added" />
            )}
          </li>
        )}
        {of.changed > 0 && (
          <li>
            {of.state === 'tried' ? (
              <Plural value={of.changed} one="# row would change" other="# rows would change" />
            ) : (
              <Plural value={of.changed} one="# row changed" other="# rows changed" />
            )}
          </li>
        )}
        {of.skipped > 0 && (
          <li>
            <Plural value={of.skipped} one="# row left out" other="# rows left out" />
          </li>
        )}
      </ul>
      {of.applied_at && (
        <p>{[t`Stored: ${formatMoment(of.applied_at)}`, of.applied_by_name].filter(Boolean).join(', ')}</p>
      )}
      {of.state === 'undone' && (
        <p>{[t`Undone: ${formatMoment(of.finished_at)}`, of.undone_by_name].filter(Boolean).join(', ')}</p>
      )}
      {open && <p>{t`Can be undone until ${formatMoment(of.undo_until)}`}</p>}
      {of.applied_at && <ResultFile of={of} named={of.file_name} />}
    </>
  )
}
