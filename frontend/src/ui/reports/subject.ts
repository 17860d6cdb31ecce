import { query } from '../../api/client'
import { textOf } from '../../lib/language'
import { today } from '../../lib/today'

/** What is reported on and evaluated. */
export interface ReportedOn {
  kind: string
  id: string
}

/** The page of what is reported on, after the language. */
export const placeOf = ({ kind, id }: ReportedOn) => `${kind === 'filing' ? 'filings' : 'agreements'}/${id}`

/** What stands after `?` in the addresses of pages about it. */
export const searchOf = ({ kind, id }: ReportedOn) => `kind=${kind}&id=${id}`

/** What it is called, and in which language; undefined while that is on its way. */
export function useReportedOn({ kind, id }: ReportedOn): { title: string; lang?: string } | undefined {
  const agreement = query.useQuery(
    'get',
    '/api/v1/agreements/{agreement_id}',
    { params: { path: { agreement_id: id } } },
    { enabled: kind === 'agreement' },
  ).data
  const filing = query.useQuery(
    'get',
    '/api/v1/filings/{filing_id}',
    { params: { path: { filing_id: id } } },
    { enabled: kind === 'filing' },
  ).data
  if (agreement) return { title: agreement.title, lang: agreement.language }
  return filing && { title: `${filing.title}: ${textOf(filing.funder_names)}` }
}

/** The year that one mostly tells of now: in its first half the year before, as what agreements ask for. */
export function toldOf(): number {
  const [year, month] = today().split('-').map(Number)
  return (year ?? 0) - ((month ?? 0) <= 6 ? 1 : 0)
}

/** Its parties: who reports, who accepts, and for whom one writes. */
export const useParties = ({ kind, id }: ReportedOn) =>
  query.useQuery('get', '/api/v1/reports/parties', { params: { query: { subject_kind: kind, subject_id: id } } })
