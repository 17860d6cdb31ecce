import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query } from '../../../api/client'
import { today } from '../../../lib/today'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { ChooseField, DateField } from '../../../ui/inputs'
import { type Agreement, at, useAgreementWrite } from '../components/agreement'

interface Step {
  agreement: Agreement
  close: () => void
}

/** All parties signed it on paper: on which day, and which file of the agreement shows it. */
export function RecordForm(step: Step) {
  // with its own limit it is kept apart from the pages of the page's list
  const on = { subject_kind: 'agreement', subject_id: step.agreement.id, limit: 200 }
  const list = query.useQuery('get', '/api/v1/attachments', { params: { query: on } })
  return (
    <Loaded query={list}>
      {({ items }) => <Recording {...step} files={items.map((one) => ({ value: one.id, label: one.name }))} />}
    </Loaded>
  )
}

function Recording({ agreement, close, files }: Step & { files: { value: string; label: string }[] }) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const [signed, setSigned] = useState<string | null>(today())
  const [file, setFile] = useState(files.length === 1 ? (files[0]?.value ?? '') : '')
  if (files.length === 0)
    return (
      <p>
        <Trans>
          Add the scanned agreement to its files first. Everybody who writes for your organisation can do that.
        </Trans>
      </p>
    )
  async function send() {
    const body = { signed_on: signed as string, attachment_id: file }
    const call = api.POST('/api/v1/agreements/{agreement_id}/record', { params: at(agreement), body })
    await write(call, t`The agreement is recorded.`)
    close()
  }
  return (
    <Form
      send={send}
      label={t`Record the agreement`}
      check={() => ({
        ...(signed ? {} : { '/signed_on': t`This is needed.` }),
        ...(file ? {} : { '/attachment_id': t`Choose the file.` }),
      })}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>
              You say that all parties have signed exactly this on paper. All parties see it and who recorded it. It
              comes into force here once each other party has confirmed it. Until then it counts on your side only.
            </Trans>
          </p>
          <DateField
            label={t`Signed on`}
            name="signed_on"
            value={signed}
            onChange={setSigned}
            fault={faultOf('/signed_on')}
          />
          <ChooseField
            label={t`Scan of the signed agreement`}
            name="attachment_id"
            value={file}
            onChange={setFile}
            fault={faultOf('/attachment_id')}
            options={files}
          />
        </>
      )}
    </Form>
  )
}
