import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { today } from '../../../lib/today'
import { CheckField, ChooseField, DateField, MoneyField, TextArea, TextField } from '../../../ui/inputs'
import { TEXTS, type TextPart } from '../editor/draft'
import { FIELD_LABELS } from '../editor/labels'
import { at, type Step, StepForm, useFilingWrite } from './step'

interface Version {
  title: string
  content: Partial<Record<TextPart, string | null>> & { amount_cents?: number | null }
}
type Payload = { title: string; amount_cents: number | null } & Record<TextPart, string>

/** It was sent: when, which version, the file, and where what was sent differs from the version. */
export function FileForm({ filing, close }: Step) {
  const { t } = useLingui()
  const write = useFilingWrite()
  const path = { application_id: filing.application_id }
  const versions =
    query.useQuery('get', '/api/v1/applications/{application_id}/versions', { params: { path } }).data?.items ?? []
  const files =
    query.useQuery('get', '/api/v1/attachments', {
      params: { query: { subject_kind: 'application', subject_id: filing.application_id, limit: 200 } },
    }).data?.items ?? []
  const [filed, setFiled] = useState<string | null>(today())
  const [expected, setExpected] = useState<string | null>(null)
  const [number, setNumber] = useState('')
  const [file, setFile] = useState('')
  const [differs, setDiffers] = useState(false)
  const [changed, setChanged] = useState<Partial<Payload>>({})
  const chosen = number || String(versions[0]?.number ?? '')
  const version = query.useQuery(
    'get',
    '/api/v1/applications/{application_id}/versions/{number}',
    { params: { path: { ...path, number: Number(chosen) } } },
    { enabled: differs && chosen !== '' },
  ).data

  const send = () => {
    const body: Schemas['FilingFile'] = {
      filed_on: filed as string,
      expected_on: expected,
      version_number: Number(chosen),
      sent_attachment_id: file || null,
      sent_content: differs ? sentOf(changed) : null,
    }
    const call = api.POST('/api/v1/filings/{filing_id}/file', { params: at(filing), body })
    return write(call, t`It is recorded that the application was sent.`)
  }
  return (
    <StepForm send={send} close={close} label={t`Record`}>
      {(faultOf) => (
        <>
          <DateField
            label={t`Day on which it was sent`}
            name="filed_on"
            value={filed}
            onChange={setFiled}
            fault={faultOf('/filed_on')}
          />
          <ChooseField
            label={t`Version that was sent`}
            name="version_number"
            value={chosen}
            onChange={setNumber}
            fault={faultOf('/version_number')}
            options={versions.map((one) => ({
              value: String(one.number),
              label: t`Version ${one.number}, ${formatDay(one.submitted_at)}`,
            }))}
          />
          <ChooseField
            label={t`The file that was sent`}
            hint={t`Add it to the application's files first.`}
            name="sent_attachment_id"
            value={file}
            onChange={setFile}
            fault={faultOf('/sent_attachment_id')}
            optional
            none={t`No file`}
            options={files.filter((one) => one.removed_at === null).map((one) => ({ value: one.id, label: one.name }))}
          />
          <DateField
            label={t`The funder decides by`}
            hint={t`If the funder has said it. You are then reminded to record the decision.`}
            name="expected_on"
            value={expected}
            onChange={setExpected}
            fault={faultOf('/expected_on')}
            optional
          />
          <CheckField
            label={t`What was sent differs from this version`}
            name="differs"
            value={differs}
            onChange={setDiffers}
          />
          {differs && version && (
            <SentFields
              sent={{ ...of(version), ...changed }}
              onChange={(now) => setChanged((before) => ({ ...before, ...now }))}
            />
          )}
        </>
      )}
    </StepForm>
  )
}

function of(version: Version): Payload {
  const texts = Object.fromEntries(TEXTS.map((part) => [part, version.content[part] ?? '']))
  return {
    ...(texts as Record<TextPart, string>),
    title: version.title,
    amount_cents: version.content.amount_cents ?? null,
  }
}

/** The changed fields as the API takes them: an emptied text was left out. */
const sentOf = (changed: Partial<Payload>): Schemas['SentContent'] =>
  Object.fromEntries(
    Object.entries(changed).map(([name, value]) => [name, typeof value === 'string' ? value.trim() || null : value]),
  )

function SentFields({ sent, onChange }: { sent: Payload; onChange: (changed: Partial<Payload>) => void }) {
  const { t } = useLingui()
  return (
    <>
      <TextField
        label={t(FIELD_LABELS.title)}
        name="sent_content/title"
        value={sent.title}
        onChange={(title) => onChange({ title })}
      />
      <MoneyField
        label={t(FIELD_LABELS.amount_cents)}
        name="sent_content/amount_cents"
        value={sent.amount_cents}
        onChange={(amount_cents) => onChange({ amount_cents })}
      />
      {TEXTS.map((part) => (
        <TextArea
          key={part}
          label={t(FIELD_LABELS[part])}
          name={`sent_content/${part}`}
          value={sent[part]}
          onChange={(now) => onChange({ [part]: now })}
        />
      ))}
    </>
  )
}
