import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ask, problemOf } from '../../../api/client'
import { useTargetGroups } from '../../../lib/targetGroups'
import { type Faulty, Form } from '../../../ui/Form'
import { CheckField, ChecksField, NumberField, TextArea, TextField } from '../../../ui/inputs'
import { Leaving } from '../../../ui/Leaving'
import { inApp, Link } from '../../../ui/Link'
import { searchOrganisations } from '../../../ui/Picker'
import { SeveralPicker } from '../../../ui/SeveralField'
import { withVersion } from '../../../ui/write'
import { YearDayField } from '../../../ui/YearDayField'
import styles from '../parts/Agreements.module.css'
import { type Agreement, partyName, useAgreementWrite } from '../parts/agreement'
import { PeriodFields } from '../parts/PeriodFields'
import { HINTS, SECTIONS, type TextSection, YEAR_DAYS } from '../parts/words'
import { Clashes, type Met } from './Clashes'
import { Contacts } from './Contacts'
import { Contributions } from './Contributions'
import { type Draft, draftOf, merged, updateOf } from './draft'
import { useDraftFaults } from './faults'
import { Reporting } from './Reporting'

/** The parts that rows choose a party from, and how a part is changed. */
export interface Writing {
  draft: Draft
  edit: (changed: Partial<Draft>) => void
  faultOf: (pointer: string) => Faulty
  parties: { value: string; label: string }[]
}

/**
 * The working copy in one form. It is saved as the version that the writing began with: where somebody else saved
 * meanwhile, theirs is taken over where nothing was typed here, and what both changed is told before it is replaced.
 */
export function AgreementForm({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useAgreementWrite()
  const [base, setBase] = useState(() => ({ draft: draftOf(agreement), version: agreement.version }))
  const [draft, setDraft] = useState(base.draft)
  const [met, setMet] = useState<Met>()
  const [saved, setSaved] = useState(false)
  const check = useDraftFaults()
  const edit = (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed }))
  const body = updateOf(base.draft, draft)
  const unsaved = Object.keys(body).length > 0

  async function send() {
    const params = { path: { agreement_id: agreement.id }, header: withVersion(base.version) }
    try {
      if (unsaved)
        await write(api.PATCH('/api/v1/agreements/{agreement_id}', { params, body }), t`The agreement is saved.`)
    } catch (error) {
      if (problemOf(error).status === 412) await takeOver()
      throw error
    }
    setSaved(true)
    await navigate({ to: inApp(`agreements/${agreement.id}`).path, ignoreBlocker: true })
  }

  async function takeOver() {
    const path = { agreement_id: agreement.id }
    const fresh = await ask(api.GET('/api/v1/agreements/{agreement_id}', { params: { path } }))
    const theirs = draftOf(fresh)
    const found = merged(base.draft, draft, theirs)
    setBase({ draft: theirs, version: fresh.version })
    setDraft(found.draft)
    setMet({ clashes: found.clashes, theirs: fresh })
  }

  const drafter = agreement.drafted_by_organisation_id
  const parties = [
    { value: drafter, label: partyName(agreement, drafter) },
    ...draft.parties.map((one) => ({ value: one.id, label: one.label })),
  ]
  return (
    <div className={styles.form}>
      <Leaving unsaved={!saved && unsaved} />
      <Form
        send={send}
        label={t`Save`}
        check={() => check(draft)}
        secondary={<Link to={`agreements/${agreement.id}`}>{t`To the agreement`}</Link>}
      >
        {(faultOf) => (
          <>
            {met && <Clashes of={met} />}
            {agreement.current_version !== null && (
              <p>
                <Trans>
                  What you change here is not agreed on until a new version is proposed and all parties have signed it.
                </Trans>
              </p>
            )}
            <Fields agreement={agreement} writing={{ draft, edit, faultOf, parties }} />
          </>
        )}
      </Form>
    </div>
  )
}

function Fields({ agreement, writing }: { agreement: Agreement; writing: Writing }) {
  const { t } = useLingui()
  const { draft, edit, faultOf } = writing
  const groups = useTargetGroups()
  const area = (part: TextSection, optional = true) => (
    <TextArea
      label={t(SECTIONS[part])}
      hint={HINTS[part] && t(HINTS[part])}
      name={`content/${part}`}
      value={draft[part]}
      onChange={(now) => edit({ [part]: now })}
      fault={faultOf(`/content/${part}`)}
      optional={optional}
    />
  )
  return (
    <>
      <TextField
        label={t`Name of the agreement`}
        name="title"
        value={draft.title}
        onChange={(title) => edit({ title })}
        fault={faultOf('/title')}
      />
      <PeriodFields of={draft} onChange={edit} faultOf={faultOf} />
      {agreement.current_version === null ? (
        <SeveralPicker
          label={t`Further parties`}
          hint={t`They stay as they are once the agreement has been proposed.`}
          name="party_ids"
          value={draft.parties}
          onChange={(parties) => edit({ parties })}
          fault={faultOf('/party_ids')}
          search={(q) => searchOrganisations(q)}
        />
      ) : (
        <p>
          {t`Parties`}: {writing.parties.map((one) => one.label).join(', ')}
        </p>
      )}
      {area('purpose', false)}
      <ChecksField
        label={t(SECTIONS.target_groups)}
        name="content/target_groups"
        value={draft.target_groups}
        onChange={(target_groups) => edit({ target_groups })}
        fault={faultOf('/content/target_groups')}
        options={groups.options}
        optional
      />
      {area('forms')}
      <Contributions {...writing} />
      <Reporting {...writing} />
      {area('evaluation')}
      {area('personal_data')}
      {area('termination')}
      <NumberField
        label={t(SECTIONS.notice_months)}
        name="content/notice_months"
        value={draft.notice_months}
        onChange={(notice_months) => edit({ notice_months })}
        fault={faultOf('/content/notice_months')}
        optional
      />
      <fieldset className={styles.fields}>
        <legend>{t`What comes every year`}</legend>
        {YEAR_DAYS.map((part) => (
          <YearDayField
            key={part}
            label={t(SECTIONS[part])}
            hint={HINTS[part] && t(HINTS[part])}
            name={`content/${part}`}
            value={draft[part]}
            onChange={(day) => edit({ [part]: day })}
            fault={faultOf(`/content/${part}`)}
            optional
          />
        ))}
      </fieldset>
      <CheckField
        label={t`Anybody may see this agreement’s parties, purpose, target groups, period and sums`}
        hint={t`Once all parties have signed it. Contact persons are never public.`}
        name="content/public"
        value={draft.public}
        onChange={(now) => edit({ public: now })}
        fault={faultOf('/content/public')}
      />
      <Contacts {...writing} />
    </>
  )
}
