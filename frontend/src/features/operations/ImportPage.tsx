import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Block, InlineAlert } from 'suomifi-ui-components'
import { problemOf, query, type Schemas } from '../../api/client'
import { formatMoment, formatNumber } from '../../lib/format'
import { refresh } from '../../lib/refresh'
import { useFilters, useParam } from '../../lib/urlState'
import { Failure, Skeleton } from '../../ui/Feedback'
import { Link } from '../../ui/Link'
import { OnDemand, part } from '../../ui/OnDemand'
import { Page } from '../../ui/Page'
import { goesOn, ImportState } from './components/ImportState'
import { newOf } from './components/importKinds'
import { IMPORT_KINDS } from './components/labels'
import { Result } from './imports/Result'
import { Running } from './imports/Running'
import { ImportSteps, Stage, type Step } from './imports/Stage'
import { Trial } from './imports/Trial'

type Details = Schemas['ImportDetails']

const columns = part(() => import('./imports/Columns'))
const AGAIN_MS = 1000
/** No answer, or none of the server itself. */
const UNREACHED = [0, 502, 503, 504]

export default function ImportPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery(
    'get',
    '/api/v1/imports/{job_id}',
    { params: { path: { job_id: id } } },
    {
      refetchInterval: ({ state }) => (state.data && goesOn(state.data.state) ? AGAIN_MS : false),
      // another tab, or somebody else, may have gone on with it
      refetchOnWindowFocus: true,
      staleTime: AGAIN_MS,
    },
  )
  const cut =
    found.fetchStatus === 'paused' || (found.error !== null && UNREACHED.includes(problemOf(found.error).status))
  if (found.data) return <Import of={found.data} cut={cut} />
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

/** Which step an import is at: the job says it, and of a tried one the address. */
function useStep(of: Details): Step {
  const [asked] = useFilters<'step'>()
  if (goesOn(of.state)) return of.step === 'trial' ? 'rows' : 'result'
  if (of.state !== 'tried') return 'result'
  return of.reason === 'file_not_understood' || asked.step === 'columns' ? 'columns' : 'rows'
}

/** Once a job is done its rows are asked for again: those that were held are older. */
function useFreshRows(going: boolean) {
  const client = useQueryClient()
  const was = useRef(going)
  useEffect(() => {
    if (was.current && !going) refresh(client, ['imports'])
    was.current = going
  }, [going, client])
}

function Import({ of, cut }: { of: Details; cut: boolean }) {
  const { t } = useLingui()
  const step = useStep(of)
  const going = goesOn(of.state)
  const tried = of.state === 'tried'
  useFreshRows(going)
  const kilobytes = formatNumber(Math.ceil(of.file_bytes / 1000))
  const doing = {
    trial: t`The trial is running`,
    apply: t`The rows are being stored`,
    undo: t`The import is being undone`,
  }
  const titles = {
    file: t`File`,
    columns: t`How the file was read`,
    rows: t`What would happen`,
    result: t`Result`,
  }
  return (
    <Page
      title={of.file_name}
      crumbs={[{ to: 'imports', label: t`Imports` }]}
      status={<ImportState of={of} />}
      lead={[t(IMPORT_KINDS[of.kind]), t`${kilobytes} kB`, formatMoment(of.created_at)].join(' · ')}
    >
      <ImportSteps
        current={step}
        places={{
          file: newOf(of),
          ...(tried && { columns: `imports/${of.id}?step=columns` }),
          ...(tried && of.reason !== 'file_not_understood' && { rows: `imports/${of.id}` }),
        }}
      />
      <div role="status">
        {cut && (
          <Block mb="m">
            <InlineAlert status="warning" labelText={t`There is no connection`}>
              {going
                ? t`The work continues on the server. This page continues when the connection is back.`
                : t`Nothing is lost. This page continues when the connection is back.`}
            </InlineAlert>
          </Block>
        )}
      </div>
      <Stage of={going ? of.step : step} title={going ? doing[of.step] : titles[step]}>
        {going && <Running of={of} />}
        {!going && step === 'columns' && (
          <OnDemand of={columns}>{({ Columns }) => <Columns key={of.version} of={of} />}</OnDemand>
        )}
        {!going && step === 'rows' && <Trial of={of} />}
        {!going && step === 'result' && <Result of={of} />}
      </Stage>
    </Page>
  )
}
