import { Trans, useLingui } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import { query } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { ChecksField, TextArea } from '../../../ui/inputs'
import { OrganisationPicker } from '../../../ui/Picker'
import { SeveralPicker } from '../../../ui/SeveralField'
import { searchAreas } from '../../../ui/searchAreas'
import styles from './Editor.module.css'
import { focusField, useEditing } from './editing'
import { FIELD_LABELS } from './labels'

export function PartnersStep() {
  const { t } = useLingui()
  const { draft, edit, faultOf } = useEditing()
  const options = useNetworks()
  return (
    <>
      {options.length > 0 ? (
        <ChecksField
          label={t(FIELD_LABELS.network_ids)}
          hint={t`Their members handle the application. Each says which parts it asks for.`}
          name="network_ids"
          value={draft.network_ids}
          onChange={(network_ids) => edit({ network_ids })}
          fault={faultOf('network_ids')}
          options={options}
        />
      ) : (
        <p>
          <Trans>The applicant is not a member of any network yet. Only a member can ask a network.</Trans>
        </p>
      )}
      <Authorities />
      <Areas />
    </>
  )
}

/** The networks of which an applicant is a member, and those asked already. */
function useNetworks() {
  const { application, draft, nameOf } = useEditing()
  const applicants = [application.applicant.id, ...draft.co_applicant_ids]
  const found = useQueries({
    queries: applicants.map((member) =>
      query.queryOptions('get', '/api/v1/networks', { params: { query: { member, state: 'active', limit: 200 } } }),
    ),
    combine: (answers) => answers.flatMap((one) => one.data?.items ?? []),
  })
  const names = new Map(draft.network_ids.map((id) => [id, nameOf(id)]))
  for (const one of found) names.set(one.id, textOf(one.names))
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label))
}

const AUTHORITIES = ['municipality', 'wellbeing_county', 'state'] as const

function Authorities() {
  const { t } = useLingui()
  const { draft, edit, faultOf, nameOf, remember } = useEditing()
  return (
    <fieldset className={styles.fieldset}>
      <legend>{t(FIELD_LABELS.authorities)}</legend>
      {draft.authorities.length > 0 && (
        <ul className={styles.rows}>
          {draft.authorities.map(({ key, asks }) => (
            <li key={key} className={styles.row}>
              <TextArea
                label={t`What is asked of ${nameOf(key)}`}
                hint={t`For example premises, working time, money, a statement.`}
                name={`authorities/${key}`}
                value={asks}
                onChange={(now) =>
                  edit({ authorities: draft.authorities.map((one) => (one.key === key ? { key, asks: now } : one)) })
                }
              />
              <div>
                <Button
                  variant="secondaryNoBorder"
                  aria-label={t`Remove: ${nameOf(key)}`}
                  onClick={() => edit({ authorities: draft.authorities.filter((one) => one.key !== key) })}
                >
                  {t`Remove`}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      <OrganisationPicker
        // begins anew after each choice
        key={draft.authorities.length}
        label={t`Add an authority`}
        hint={t`A municipality, a wellbeing county or a state agency. Type a part of the name, then choose.`}
        name="authorities"
        sector={[...AUTHORITIES]}
        value={null}
        fault={faultOf('authorities')}
        onChange={(picked) => {
          if (!picked || draft.authorities.some((one) => one.key === picked.id)) return
          remember(picked.id, picked.label)
          edit({ authorities: [...draft.authorities, { key: picked.id, asks: '' }] })
          focusField(`authorities/${picked.id}`)
        }}
      />
    </fieldset>
  )
}

/** Where it would happen: an authority goes by target groups and areas. */
function Areas() {
  const { t } = useLingui()
  const { draft, edit, faultOf, nameOf, remember } = useEditing()
  return (
    <SeveralPicker
      label={t(FIELD_LABELS.area_ids)}
      hint={t`Where it would happen. An authority goes by the target groups and the areas. Type a part of the name.`}
      name="area_ids"
      value={draft.area_ids.map((id) => ({ id, label: nameOf(id) }))}
      onChange={(chosen) => {
        for (const one of chosen) remember(one.id, one.label)
        edit({ area_ids: chosen.map((one) => one.id) })
      }}
      fault={faultOf('area_ids')}
      search={searchAreas}
    />
  )
}
