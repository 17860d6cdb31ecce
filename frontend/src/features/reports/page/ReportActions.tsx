import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api } from '../../../api/client'
import { Actions } from '../../../ui/Actions'
import { Form } from '../../../ui/Form'
import { TextArea } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { at, type Report, useReportWrite } from '../components/report'

/** What can be done with the report. */
export function ReportActions({ report }: { report: Report }) {
  const { t } = useLingui()
  const write = useReportWrite()
  const params = at(report)
  return (
    <>
      {report.editable && (
        <p>
          <Link to={`reports/${report.id}/edit`}>{t`Write the report`}</Link>
        </p>
      )}
      <Actions
        of={report.available_actions}
        run={{
          submit: { label: t`Submit the report`, form: (close) => <SubmitForm report={report} close={close} /> },
          accept: {
            label: t`Accept the report`,
            onClick: () =>
              write(api.POST('/api/v1/reports/{report_id}/accept', { params }), t`The report is accepted.`),
          },
          return: {
            label: t`Return it to be mended`,
            form: (close) => <ReturnForm report={report} close={close} />,
          },
        }}
      />
    </>
  )
}

interface Step {
  report: Report
  close: () => void
}

function SubmitForm({ report, close }: Step) {
  const { t } = useLingui()
  const write = useReportWrite()
  async function send() {
    await write(api.POST('/api/v1/reports/{report_id}/submit', { params: at(report) }), t`The report is submitted.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Submit the report`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {() => (
        <p>
          <Trans>
            The other parties read the report, its files and its comments. It can be changed again only if it is
            returned to be mended.
          </Trans>
        </p>
      )}
    </Form>
  )
}

function ReturnForm({ report, close }: Step) {
  const { t } = useLingui()
  const write = useReportWrite()
  const [reason, setReason] = useState('')
  async function send() {
    const call = api.POST('/api/v1/reports/{report_id}/return', { params: at(report), body: { reason } })
    await write(call, t`The report is returned.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Return it to be mended`}
      check={() => (reason.trim() ? {} : { '/reason': t`Say what must be mended.` })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <TextArea
          label={t`What must be mended`}
          name="reason"
          value={reason}
          onChange={setReason}
          fault={faultOf('/reason')}
        />
      )}
    </Form>
  )
}
