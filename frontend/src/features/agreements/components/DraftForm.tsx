import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { language, textOf } from '../../../lib/language'
import { Form } from '../../../ui/Form'
import { ChooseField, RadiosField, TextField } from '../../../ui/inputs'
import { inApp, Link } from '../../../ui/Link'
import { type Picked, searchOrganisations } from '../../../ui/Picker'
import { SeveralPicker } from '../../../ui/SeveralField'
import { useAgreementWrite } from './agreement'
import { PeriodFields, usePeriodFaults } from './PeriodFields'
import { contentOf, keyOf, useTemplates } from './templates'

type Application = Schemas['ApplicationPublic']

export interface Mine {
  id: string
  name: string
}

/** Who would agree on what an application asks for: its applicants, and the authorities that have decided on it. */
function partiesOf(application: Application): Picked[] {
  const applicants = [application.applicant, ...application.co_applicants]
  const decided = application.authorities.filter((one) => one.partner_request?.state === 'decided')
  return [
    ...applicants.map(({ id, names }) => ({ id, label: textOf(names) })),
    ...decided.map(({ authority_id, names }) => ({ id: authority_id, label: textOf(names) })),
  ]
}

const EMPTY = 'empty'

/** What a draft begins with; the rest is written in the editor. */
export function DraftForm({ application, mine }: { application?: Application; mine: Mine[] }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useAgreementWrite()
  const [parties, setParties] = useState(() => (application ? partiesOf(application) : []))
  const [kind, setKind] = useState<Schemas['AgreementKind']>(application ? 'partnership' : 'cooperation')
  const [title, setTitle] = useState(application?.title ?? '')
  const [spoken, setSpoken] = useState<string>(application?.language ?? language())
  const likely = mine.filter((one) => mine.length === 1 || parties.some((party) => party.id === one.id))
  const [drafter, setDrafter] = useState(likely.length === 1 ? (likely[0]?.id ?? '') : '')
  const [period, setPeriod] = useState<{ starts_on: string | null; ends_on: string | null }>({
    starts_on: application?.content.duration?.starts_on ?? null,
    ends_on: application?.content.duration?.ends_on ?? null,
  })
  const faultsOfPeriod = usePeriodFaults()
  const templates = useTemplates(kind, spoken, drafter)
  const [chosen, setChosen] = useState('')
  const template = templates.find((one) => keyOf(one) === chosen)
  const further = parties.filter((one) => one.id !== drafter)

  async function send() {
    const body: Schemas['AgreementCreate'] = {
      kind,
      title,
      language: spoken,
      organisation_id: drafter,
      party_ids: further.map((one) => one.id),
      application_id: application?.id ?? null,
      ...period,
      content: contentOf(template, drafter, application !== undefined),
      contacts: [],
    }
    const made = await write(api.POST('/api/v1/agreements', { body }))
    await navigate({ to: inApp(`agreements/${made.id}/edit`).path })
  }

  return (
    <Form
      send={send}
      label={t`Begin and go on to write`}
      secondary={<Link to="agreements">{t`Cancel`}</Link>}
      check={() => ({
        ...(drafter ? {} : { '/organisation_id': t`Choose the organisation for which you draft it.` }),
        ...(title.trim() ? {} : { '/title': t`Give the agreement a name.` }),
        ...faultsOfPeriod(period),
      })}
    >
      {(faultOf) => (
        <>
          {application && (
            <>
              <p>
                {t`Based on the application:`}{' '}
                <Link to={`applications/${application.id}`}>{application.title || t`Application without a name`}</Link>
              </p>
              <p>{t`Its purpose, target groups, ways of working and budget are taken over into the draft.`}</p>
            </>
          )}
          <RadiosField
            label={t`Kind of agreement`}
            name="kind"
            value={kind}
            onChange={(chosen) => setKind(chosen as Schemas['AgreementKind'])}
            fault={faultOf('/kind')}
            options={Object.entries(enumLabels.AgreementKind).map(([value, word]) => ({ value, label: t(word) }))}
          />
          <TextField
            label={t`Name of the agreement`}
            hint={t`It can be changed later.`}
            name="title"
            value={title}
            onChange={setTitle}
            fault={faultOf('/title')}
          />
          <ChooseField
            label={t`Language of the agreement`}
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
          {mine.length === 1 ? (
            <p>
              {t`For which organisation`}: <strong>{mine[0]?.name}</strong>
            </p>
          ) : (
            <ChooseField
              label={t`For which organisation`}
              name="organisation_id"
              value={drafter}
              onChange={setDrafter}
              fault={faultOf('/organisation_id')}
              options={mine.map((one) => ({ value: one.id, label: one.name }))}
            />
          )}
          <ChooseField
            label={t`Begin with`}
            hint={t`The texts can be changed afterwards.`}
            name="template"
            value={template ? chosen : EMPTY}
            onChange={(now) => setChosen(now === EMPTY ? '' : now)}
            fault={faultOf('/content')}
            options={[
              { value: EMPTY, label: t`An empty agreement` },
              ...templates.map((one) => ({
                value: keyOf(one),
                label: one.id === null ? t`Ready text: ${one.name}` : one.name,
              })),
            ]}
          />
          <SeveralPicker
            label={t`Further parties`}
            hint={t`Search for each by a part of its name. You can also choose them later.`}
            name="party_ids"
            value={further}
            onChange={setParties}
            fault={faultOf('/party_ids')}
            search={(q) => searchOrganisations(q)}
          />
          <PeriodFields of={period} onChange={setPeriod} faultOf={faultOf} />
        </>
      )}
    </Form>
  )
}
