import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { today } from '../../../lib/today'
import { useFilters } from '../../../lib/urlState'
import { Actions } from '../../../ui/Actions'
import { Row, Rows } from '../../../ui/Cards'
import { Loaded } from '../../../ui/Feedback'
import { Filters } from '../../../ui/Filters'
import { Form } from '../../../ui/Form'
import { ChooseField, TextArea } from '../../../ui/inputs'
import { Link } from '../../../ui/Link'
import { Section } from '../../../ui/Section'
import { StatusTag } from '../../../ui/StatusTag'
import { type Agreement, partyName, useAgreementWrite } from '../components/agreement'
import { useDutyLabels } from '../components/dutyLabels'

type Duty = Schemas['AgreementDutyPublic']

/** What the agreement asks of its parties, a year at a time, by day. */
export function Duties({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui()
  const path = { agreement_id: agreement.id }
  const found = query.useQuery('get', '/api/v1/agreements/{agreement_id}/duties', { params: { path } })
  const known = found.data?.items.filter((one) => one.state !== 'dropped') ?? []
  if (found.data && known.length === 0) return null
  return (
    <Section title={t`Year by year`}>
      <Loaded query={found}>{() => <Years agreement={agreement} duties={known} />}</Loaded>
    </Section>
  )
}

function Years({ agreement, duties }: { agreement: Agreement; duties: Duty[] }) {
  const { t } = useLingui()
  const [{ duties: chosen }, change] = useFilters<'duties'>()
  const years = [...new Set(duties.map((one) => one.due_on.slice(0, 4)))]
  const now = today().slice(0, 4)
  const year = chosen ?? years.find((one) => one >= now) ?? years.at(-1) ?? now
  // what waits or is late shows in whichever year one looks at
  const shown = duties.filter((one) => one.due_on.startsWith(year) || (one.late && !chosen))
  return (
    <>
      {years.length > 1 && (
        <Filters label={t`Choose a year`}>
          <ChooseField
            label={t`Year`}
            name="duties"
            value={year}
            onChange={(now) => change({ duties: now })}
            options={years.map((one) => ({ value: one, label: one }))}
          />
        </Filters>
      )}
      <Rows>
        {shown.map((one) => (
          <OneDuty key={one.id} agreement={agreement} duty={one} />
        ))}
      </Rows>
    </>
  )
}

function OneDuty({ agreement, duty }: { agreement: Agreement; duty: Duty }) {
  const { t } = useLingui()
  const words = useDutyLabels()
  const name = words.nameOf(duty)
  const about = `kind=agreement&id=${agreement.id}&year=${duty.year}`
  const asked = duty.available_actions.some((one) => one.action === 'complete')
  const writes =
    asked &&
    (duty.kind === 'report' ? (
      <Link to={`reports/new?${about}`}>{t`Write the report for ${String(duty.year)}`}</Link>
    ) : (
      duty.kind === 'evaluation' && <Link to={`evaluations?${about}`}>{t`Evaluate the year ${String(duty.year)}`}</Link>
    ))
  return (
    <Row
      head={<Heading variant="h3">{name}</Heading>}
      status={<DutyTag duty={duty} />}
      meta={[
        partyName(agreement, duty.organisation_id),
        t`by ${formatDay(duty.due_on)}`,
        duty.done_at && t`done ${formatDay(duty.done_at)}`,
        duty.note,
      ]}
    >
      {duty.opens_on <= today() && writes && <p>{writes}</p>}
      {duty.opens_on <= today() && (
        <Actions
          of={duty.available_actions}
          run={{
            confirm: {
              label: t`Confirm the year ${String(duty.year)}`,
              form: (close) => <DoneForm agreement={agreement} duty={duty} close={close} />,
            },
            complete: {
              label: t`Mark as done: ${name}`,
              form: (close) => <DoneForm agreement={agreement} duty={duty} close={close} />,
            },
          }}
        />
      )}
    </Row>
  )
}

function DutyTag({ duty }: { duty: Duty }) {
  const { t } = useLingui()
  if (duty.state === 'done') return <StatusTag tone="good">{t`Done`}</StatusTag>
  if (duty.late) return <StatusTag tone="bad">{t`Late`}</StatusTag>
  if (duty.opens_on <= today()) return <StatusTag tone="warning">{t`To be done`}</StatusTag>
  return <StatusTag>{t`Later`}</StatusTag>
}

function DoneForm({ agreement, duty, close }: { agreement: Agreement; duty: Duty; close: () => void }) {
  const { t } = useLingui()
  const words = useDutyLabels()
  const write = useAgreementWrite()
  const [note, setNote] = useState('')
  const confirms = duty.kind === 'confirmation'
  async function send() {
    const params = { path: { agreement_id: agreement.id, duty_id: duty.id } }
    const call = api.POST('/api/v1/agreements/{agreement_id}/duties/{duty_id}/complete', {
      params,
      body: { note: note.trim() || null },
    })
    const party = partyName(agreement, duty.organisation_id)
    await write(
      call,
      confirms ? t`${party}: the agreement is confirmed for ${String(duty.year)}` : t`It is marked as done.`,
    )
    close()
  }
  return (
    <Form
      send={send}
      label={confirms ? t`Confirm the year ${String(duty.year)}` : t`Mark as done`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
    >
      {(faultOf) => (
        <>
          <p>{words.hintOf(duty)}</p>
          <p>
            <Trans>For {partyName(agreement, duty.organisation_id)}. This cannot be taken back.</Trans>
          </p>
          <TextArea
            label={t`What there is to say`}
            hint={t`All parties see it.`}
            name="note"
            value={note}
            onChange={setNote}
            fault={faultOf('/note')}
            optional
          />
        </>
      )}
    </Form>
  )
}
