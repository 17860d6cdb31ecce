import type { Schemas } from '../../../api/client'
import { language } from '../../../lib/language'
import { useWrite, withVersion } from '../../../ui/useWrite'

export type Report = Schemas['ReportPublic']
export type Content = Schemas['ReportContent']

/** Parameters of a write to a report as it is known. */
export const at = (report: Report) => ({ path: { report_id: report.id }, header: withVersion(report.version) })

/** A report that is submitted makes its filing reported, and is a duty of its agreement done. */
export const useReportWrite = () => useWrite('reports', 'filings', 'agreements', 'tasks')

/** What a report is on. */
export const subjectOf = (report: Pick<Report, 'subject_kind' | 'subject_id'>) => ({
  kind: report.subject_kind,
  id: report.subject_id,
})

/** The name of a month, 1 to 12. */
export const monthName = (month: number) =>
  new Intl.DateTimeFormat(language(), { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2001, month - 1, 15))
