import { Trans, useLingui } from '@lingui/react/macro'
import { api, ask } from '../../../api/client'
import { useTargetGroups } from '../../../lib/targetGroups'
import { SharedForm } from '../../../ui/drafts/SharedForm'
import { Fields } from '../../../ui/Fields'
import { CheckField, ChecksField, NumberField, TextArea, TextField } from '../../../ui/inputs'
import { searchOrganisations } from '../../../ui/Picker'
import { SeveralPicker } from '../../../ui/SeveralField'
import { withVersion } from '../../../ui/useWrite'
import { YearDayField } from '../../../ui/YearDayField'
import { type Agreement, partyName, useAgreementWrite } from '../components/agreement'
import { HINTS, SECTIONS, type TextSection, YEAR_DAYS } from '../components/labels'
import { PeriodFields } from '../components/PeriodFields'
import { Contacts } from './Contacts'
import { Contributions } from './Contributions'
import { draftOf, SENT, updateOf, type Writing } from './draft'
import { useDraftFaults } from './faults'
import { Reporting } from './Reporting'
import { TheirChanges } from './TheirChanges'

/** The working copy in one form. */
export function AgreementForm({ agreement }: { agreement: Agreement }) {
  const { t } = useLingui()
  const write = useAgreementWrite()
  const check = useDraftFaults()
  const path = { agreement_id: agreement.id }
  const drafter = agreement.drafted_by_organisation_id
  return (
    <SharedForm
      known={agreement}
      draftOf={draftOf}
      sent={SENT}
      save={(draft, parts, version) => {
        const params = { path, header: withVersion(version) }
        const body = updateOf(draft, parts)
        return write(api.PATCH('/api/v1/agreements/{agreement_id}', { params, body }), t`The agreement is saved.`)
      }}
      load={() => ask(api.GET('/api/v1/agreements/{agreement_id}', { params: { path } }))}
      check={check}
      to={`agreements/${agreement.id}`}
      back={t`To the agreement`}
      clashes={(parts, theirs) => <TheirChanges parts={parts} of={theirs} />}
    >
      {(writing) => {
        const parties = [
          { value: drafter, label: partyName(agreement, drafter) },
          ...writing.draft.parties.map((one) => ({ value: one.id, label: one.label })),
        ]
        return (
          <>
            {agreement.current_version !== null && (
              <p>
                <Trans>
                  What you change here is not agreed on until a new version is proposed and all parties have signed it.
                </Trans>
              </p>
            )}
            <AllFields agreement={agreement} writing={{ ...writing, parties }} />
          </>
        )
      }}
    </SharedForm>
  )
}

function AllFields({ agreement, writing }: { agreement: Agreement; writing: Writing }) {
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
      <Fields legend={t`What comes every year`}>
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
      </Fields>
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
