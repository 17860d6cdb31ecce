import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { query } from '../../api/client'
import { textOf } from '../../lib/language'
import { useParam } from '../../lib/urlState'
import { Empty, Loaded } from '../../ui/Feedback'
import { Page } from '../../ui/Page'
import type { Report } from './components/report'
import { ReportForm } from './editor/ReportForm'

export default function EditReportPage() {
  const { t } = useLingui()
  const id = useParam('id')
  const found = query.useQuery('get', '/api/v1/reports/{report_id}', { params: { path: { report_id: id } } })
  const known = found.data
  return (
    <Page
      title={t`Write the report`}
      crumbs={[
        { to: 'reports', label: t`Reports` },
        { to: `reports/${id}`, label: known ? t`Report of ${known.year}` : t`Report` },
      ]}
      lead={known && `${textOf(known.organisation.names)}: ${textOf(known.subject_title)}`}
    >
      <Loaded query={found}>{(report) => <Begun report={report} />}</Loaded>
    </Page>
  )
}

/** The form once it was open stays, with what was typed, also where somebody submits the report meanwhile. */
function Begun({ report }: { report: Report }) {
  const { t } = useLingui()
  const [editable] = useState(report.editable)
  if (!editable) return <Empty>{t`You cannot change this report, or it has been submitted.`}</Empty>
  return <ReportForm report={report} />
}
