import { useLingui } from '@lingui/react/macro'
import { formatEnd, formatMoney } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { ChooseField, MoneyField, TextField } from '../../../ui/inputs'
import { OrganisationPicker } from '../../../ui/Picker'
import { useOpenCalls } from '../components/calls'
import { ChosenList } from './ChosenList'
import { DeleteDraft } from './DeleteDraft'
import { focusField, useEditing } from './editing'
import { FIELD_LABELS } from './labels'
import { PendingApplicants } from './PendingApplicants'

export function BasicsStep() {
  const { t } = useLingui()
  const { application, draft, edit, faultOf, remember } = useEditing()
  const calls = useOpenCalls(draft.call_id)
  const call = calls.find((one) => one.id === draft.call_id)
  const bounds =
    call &&
    [
      call.min_cents !== null && t`at least ${formatMoney(call.min_cents)}`,
      call.max_cents !== null && t`at most ${formatMoney(call.max_cents)}`,
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <>
      <TextField
        label={t(FIELD_LABELS.title)}
        name="title"
        value={draft.title}
        onChange={(title) => edit({ title })}
        fault={draft.title.trim() ? faultOf('title') : { status: 'error', statusText: t`Give the application a name.` }}
      />
      <p>
        {t`Applicant`}: <strong>{textOf(application.applicant.names)}</strong>
      </p>
      <ChooseField
        label={t(FIELD_LABELS.call_id)}
        name="call_id"
        value={draft.call_id ?? ''}
        onChange={(chosen) => edit({ call_id: chosen || null })}
        fault={faultOf('call_id')}
        optional
        none={t`No call yet`}
        options={calls.map((one) => ({
          value: one.id,
          label: `${textOf(one.names)} (${t`closes ${formatEnd(one.closes_at)}`})`,
        }))}
      />
      <MoneyField
        label={t(FIELD_LABELS.amount_cents)}
        hint={bounds ? t`Grants of the call: ${bounds}` : undefined}
        name="amount_cents"
        value={draft.amount_cents}
        onChange={(amount_cents) => edit({ amount_cents })}
        fault={faultOf('amount_cents')}
        optional
      />
      <ChooseField
        label={t(FIELD_LABELS.language)}
        name="language"
        value={draft.language}
        onChange={(language) => edit({ language })}
        options={[
          { value: 'fi', label: t`Finnish` },
          { value: 'sv', label: t`Swedish` },
          { value: 'en', label: t`English` },
        ]}
      />
      <ChosenList
        label={t(FIELD_LABELS.co_applicant_ids)}
        ids={draft.co_applicant_ids}
        onRemove={(id) => edit({ co_applicant_ids: draft.co_applicant_ids.filter((one) => one !== id) })}
      />
      <PendingApplicants />
      <OrganisationPicker
        // begins anew after each choice
        key={draft.co_applicant_ids.length}
        label={t`Add a further applicant`}
        name="co_applicant_ids"
        value={null}
        fault={faultOf('co_applicant_ids')}
        onChange={(picked) => {
          if (!picked || picked.id === application.applicant.id || draft.co_applicant_ids.includes(picked.id)) return
          remember(picked.id, picked.label)
          edit({ co_applicant_ids: [...draft.co_applicant_ids, picked.id] })
          focusField('co_applicant_ids')
        }}
      />
      <DeleteDraft />
    </>
  )
}
