import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Block, Button, Heading, InlineAlert } from 'suomifi-ui-components'
import { api, problemOf, query, type Schemas } from '../../api/client'
import { download } from '../../lib/download'
import { formatMoment, formatNumber } from '../../lib/format'
import { useParam } from '../../lib/urlState'
import { Facts } from '../../ui/Facts'
import { Failure, Skeleton } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { useWrite, withVersion } from '../../ui/useWrite'
import { goesOn, ImportState } from './components/ImportState'
import { IMPORT_KINDS } from './components/labels'
import { RowErrors } from './components/RowErrors'

type Details = Schemas['ImportDetails']

const AGAIN_MS = 1000

export default function ImportPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery(
    'get',
    '/api/v1/imports/{job_id}',
    { params: { path: { job_id: id } } },
    { refetchInterval: ({ state }) => (state.data && goesOn(state.data.state) ? AGAIN_MS : false) },
  )
  if (found.data) return <Import of={found.data} />
  if (found.error && [404, 422].includes(problemOf(found.error).status))
    return (
      <Page title={t`There is no such import`}>
        <Link to="imports">{t`Imports`}</Link>
      </Page>
    )
  return (
    <Page title={t`Import`}>
      {found.error ? <Failure error={found.error} retry={found.refetch} /> : <Skeleton lines={6} />}
    </Page>
  )
}

function Import({ of }: { of: Details }) {
  const { t } = useLingui()
  const [error, setError] = useState<unknown>()
  const write = useWrite('imports')
  const going = goesOn(of.state)
  const path = { job_id: of.id }

  const cancel = () =>
    write(
      api.POST('/api/v1/imports/{job_id}/cancel', { params: { path, header: withVersion(of.version) } }),
      t`The import is being cancelled. Nothing of it stays.`,
    ).catch(setError)
  const save = () =>
    download(
      api.GET('/api/v1/imports/{job_id}/errors.csv', { params: { path }, parseAs: 'blob' }),
      'import-errors.csv',
    ).catch(setError)

  return (
    <Page title={of.file_name} crumbs={[{ to: 'imports', label: t`Imports` }]} status={<ImportState of={of} />}>
      <div role="status">
        <Outcome of={of} />
      </div>
      <Facts
        facts={[
          [t`What the file holds`, t(IMPORT_KINDS[of.kind])],
          [t`Size`, t`${formatNumber(Math.ceil(of.file_bytes / 1000))} kB`],
          [t`Sent`, formatMoment(of.created_at)],
          [t`Begun`, formatMoment(of.started_at)],
          [t`Ended at`, formatMoment(of.finished_at)],
          [t`Rows read`, formatNumber(of.rows_read)],
          [t`Added rows`, formatNumber(of.created)],
          [t`Changed`, formatNumber(of.changed)],
          [t`As before`, formatNumber(of.unchanged)],
          [t`Left out`, formatNumber(of.skipped)],
        ]}
      />
      {error !== undefined && <Failure error={error} />}
      {going && !of.cancel_asked && (
        <p>
          <Button variant="secondary" onClick={cancel}>{t`Cancel the import`}</Button>
        </p>
      )}
      {of.errors.length > 0 && (
        <section aria-label={t`What is wrong`}>
          <Block mt="l" mb="s">
            <Heading variant="h2">{t`What is wrong`}</Heading>
          </Block>
          <p>
            <Button variant="secondary" onClick={save}>{t`Download as CSV`}</Button>
          </p>
          <RowErrors of={of.errors} />
        </section>
      )}
    </Page>
  )
}

/** What became of it, in a sentence. */
function Outcome({ of }: { of: Details }) {
  if (goesOn(of.state))
    return (
      <p>
        {of.state === 'queued' ? <Trans>The import waits for its turn.</Trans> : <Trans>The import is running.</Trans>}
      </p>
    )
  if (of.state === 'refused')
    return (
      <Block mb="m">
        <InlineAlert status="error">
          <Trans>Some rows are wrong, so nothing was imported. Mend the file, or leave the bad rows out.</Trans>
        </InlineAlert>
      </Block>
    )
  if (of.state === 'failed')
    return (
      <Block mb="m">
        <InlineAlert status="error">
          <Trans>The import could not be run, and nothing was changed. Send the file again.</Trans>
        </InlineAlert>
      </Block>
    )
  if (of.state === 'cancelled')
    return (
      <p>
        <Trans>The import was cancelled. Nothing of it stays.</Trans>
      </p>
    )
  if (of.state === 'undone')
    return (
      <p>
        <Trans>The import was undone. Everything is as it was before.</Trans>
      </p>
    )
  return (
    <p>
      {of.state === 'tried' ? (
        <Trans>This was a trial run: nothing was changed. The figures say what would happen.</Trans>
      ) : (
        <Trans>The import is done.</Trans>
      )}
    </p>
  )
}
