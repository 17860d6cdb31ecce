import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Schemas } from '../../api/client'
import { language, textOf } from '../../lib/language'
import { useFilters } from '../../lib/urlState'
import { Empty, Loaded } from '../../ui/Feedback'
import { Form } from '../../ui/Form'
import { ChooseField, NumberField } from '../../ui/inputs'
import { inApp, Link } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { placeOf, type ReportedOn, toldOf, useParties, useReportedOn } from '../../ui/reports/subject'
import { useReportWrite } from './components/report'

/** A new report on what the address names. */
export default function NewReportPage() {
  const { t } = useLingui()
  const [{ kind = 'agreement', id = '', year }] = useFilters<'kind' | 'id' | 'year'>()
  const on = { kind, id }
  const known = useReportedOn(on)
  const parties = useParties(on)
  return (
    <Page
      title={t`Write a report`}
      lead={known?.title}
      crumbs={[{ to: placeOf(on), label: known?.title ?? t`Subject of the report` }]}
    >
      <Loaded query={parties}>
        {({ items }) => (
          <Begin
            on={on}
            reporters={items.filter((one) => one.reports && one.writes)}
            year={year ? Number(year) : toldOf()}
          />
        )}
      </Loaded>
    </Page>
  )
}

function Begin({
  on,
  reporters,
  year: asked,
}: {
  on: ReportedOn
  reporters: Schemas['ReportingParty'][]
  year: number
}) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useReportWrite()
  const [organisation, setOrganisation] = useState(reporters.length === 1 ? (reporters[0]?.id ?? '') : '')
  const [year, setYear] = useState<number | null>(asked)
  const [spoken, setSpoken] = useState<string>(language())
  if (reporters.length === 0)
    return (
      <Empty action={<Link to={placeOf(on)}>{t`Back`}</Link>}>
        {t`Editors and officers of a party write its reports.`}
      </Empty>
    )
  const names = reporters.map((one) => ({ value: one.id, label: textOf(one.names) }))

  async function send() {
    const body = {
      subject_kind: on.kind,
      subject_id: on.id,
      organisation_id: organisation,
      year: year as number,
      language: spoken,
      content: {},
    }
    const made = await write(api.POST('/api/v1/reports', { body }))
    await navigate({ to: inApp(`reports/${made.id}/edit`).path })
  }

  return (
    <Form
      send={send}
      label={t`Begin and go on to write`}
      secondary={<Link to={placeOf(on)}>{t`Cancel`}</Link>}
      check={() => ({
        ...(organisation ? {} : { '/organisation_id': t`Choose the organisation whose report it is.` }),
        ...(year ? {} : { '/year': t`This is needed.` }),
      })}
    >
      {(faultOf) => (
        <>
          {names.length === 1 ? (
            <p>
              {t`Who reports`}: <strong>{names[0]?.label}</strong>
            </p>
          ) : (
            <ChooseField
              label={t`Who reports`}
              name="organisation_id"
              value={organisation}
              onChange={setOrganisation}
              fault={faultOf('/organisation_id')}
              options={names}
            />
          )}
          <NumberField label={t`Year`} name="year" value={year} onChange={setYear} fault={faultOf('/year')} />
          <ChooseField
            label={t`Language of the report`}
            name="language"
            value={spoken}
            onChange={setSpoken}
            fault={faultOf('/language')}
            options={[
              { value: 'fi', label: t`Finnish` },
              { value: 'sv', label: t`Swedish` },
              { value: 'en', label: t`English` },
            ]}
          />
        </>
      )}
    </Form>
  )
}
