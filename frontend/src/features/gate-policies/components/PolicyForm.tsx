import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { useOrganisationNames } from '../../../lib/organisationNames'
import { useTargetGroups } from '../../../lib/targetGroups'
import { today } from '../../../lib/today'
import { type Faults, Form } from '../../../ui/Form'
import { CheckField, ChooseField, DateField, TextArea, TextField } from '../../../ui/inputs'
import { searchNetworks } from '../../../ui/NetworkPicker'
import type { Picked } from '../../../ui/Picker'
import { SeveralPicker } from '../../../ui/SeveralField'
import { searchAreas } from '../../../ui/searchAreas'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { picked, searchCalls } from './search'

const ids = (chosen: Picked[]) => chosen.map((one) => one.id)
const LANGUAGES = ['fi', 'sv', 'en'] as const

/** A new policy, or one that is held: once it has started only its reason and last day change. */
export function PolicyForm({
  authorities,
  held,
  done,
}: {
  authorities: string[]
  held?: Schemas['GatePolicyNamed']
  done: () => void
}) {
  const { t } = useLingui()
  const write = useWrite('gate-policies')
  const names = useOrganisationNames(authorities)
  const groups = useTargetGroups()
  const started = held !== undefined && held.starts_on <= today()
  const [authority, setAuthority] = useState(authorities.length === 1 ? (authorities[0] ?? '') : '')
  const [wanted, setWanted] = useState(picked(held?.networks ?? []))
  const [groupsFor, setGroups] = useState(held?.target_groups ?? [])
  const [areas, setAreas] = useState(picked(held?.areas ?? []))
  const [calls, setCalls] = useState(picked(held?.calls ?? []))
  const [reason, setReason] = useState<Record<string, string>>(held?.reason ?? {})
  const [starts, setStarts] = useState<string | null>(held?.starts_on ?? today())
  const [lets, setLets] = useState(held?.lets_open_conditions ?? false)
  const [body, setBody] = useState(held?.decided_by_body ?? '')
  const [day, setDay] = useState<string | null>(held?.decided_on ?? null)
  const [section, setSection] = useState(held?.decision_section ?? '')
  const [ends, setEnds] = useState<string | null>(held?.ends_on ?? null)
  const labels = { fi: t`Reason in Finnish`, sv: t`Reason in Swedish`, en: t`Reason in English` }

  const searchGroups = async (q: string) =>
    groups.options
      .filter((one) => one.label.toLocaleLowerCase().includes(q.toLocaleLowerCase()))
      .map((one) => ({ id: one.value, label: one.label }))

  async function send() {
    const given = Object.entries(reason).filter(([, text]) => text.trim())
    const later = { reason: given.length > 0 ? Object.fromEntries(given) : null, ends_on: ends }
    const whole = {
      ...later,
      network_ids: ids(wanted),
      target_groups: groupsFor,
      area_ids: ids(areas),
      call_ids: ids(calls),
      starts_on: starts ?? today(),
      lets_open_conditions: lets,
      decided_by_body: body.trim(),
      decided_on: day ?? today(),
      decision_section: section.trim(),
    }
    if (held)
      await write(
        api.PATCH('/api/v1/gate-policies/{policy_id}', {
          params: { path: { policy_id: held.id }, header: withVersion(held.version) },
          body: started ? later : whole,
        }),
        t`The policy has been changed.`,
      )
    else
      await write(
        api.POST('/api/v1/gate-policies', { body: { authority_id: authority, ...whole } }),
        t`The policy has been made.`,
      )
    done()
  }

  const check = (): Faults => ({
    ...(authority ? {} : { '/authority_id': t`Choose the authority.` }),
    ...(wanted.length > 0 ? {} : { '/network_ids': t`Choose at least one network.` }),
    ...(starts ? {} : { '/starts_on': t`Give the first day.` }),
    ...(started || body.trim() ? {} : { '/decided_by_body': t`Enter the body or office.` }),
    ...(started || day ? {} : { '/decided_on': t`Give the day of the decision.` }),
    ...(started || section.trim() ? {} : { '/decision_section': t`Enter the section of the minutes.` }),
  })

  return (
    <Form send={send} label={held ? t`Save` : t`Make the policy`} check={check}>
      {(faultOf) => (
        <>
          {authorities.length > 1 && (
            <ChooseField
              label={t`Authority`}
              name="authority_id"
              value={authority}
              onChange={setAuthority}
              fault={faultOf('/authority_id')}
              options={authorities.map((id) => ({ value: id, label: names.get(id) ?? id }))}
            />
          )}
          {started ? (
            <p>
              <Trans>
                The policy is in force: its reason and its last day can change. For another rule make a new one.
              </Trans>
            </p>
          ) : (
            <>
              <SeveralPicker
                label={t`Puumerkki of one of these networks`}
                name="network_ids"
                value={wanted}
                onChange={setWanted}
                fault={faultOf('/network_ids')}
                search={(q) => searchNetworks(q, true)}
              />
              <SeveralPicker
                label={t`Only for these target groups`}
                hint={t`None chosen means all.`}
                name="target_groups"
                value={groupsFor.map((code) => ({ id: code, label: groups.name(code) }))}
                onChange={(chosen) => setGroups(ids(chosen))}
                fault={faultOf('/target_groups')}
                search={searchGroups}
              />
              <SeveralPicker
                label={t`Only for these areas`}
                hint={t`None chosen means all.`}
                name="area_ids"
                value={areas}
                onChange={setAreas}
                fault={faultOf('/area_ids')}
                search={searchAreas}
              />
              <SeveralPicker
                label={t`Only for these calls`}
                hint={t`None chosen means all.`}
                name="call_ids"
                value={calls}
                onChange={setCalls}
                fault={faultOf('/call_ids')}
                search={searchCalls}
              />
              <CheckField
                label={t`Open conditions do not stop the authority from beginning`}
                name="lets_open_conditions"
                value={lets}
                onChange={setLets}
              />
              <TextField
                label={t`Body or office that decided`}
                name="decided_by_body"
                value={body}
                onChange={setBody}
                fault={faultOf('/decided_by_body')}
              />
              <DateField
                label={t`Decided on`}
                name="decided_on"
                value={day}
                onChange={setDay}
                fault={faultOf('/decided_on')}
              />
              <TextField
                label={t`Section of the minutes`}
                hint={t`For example § 12`}
                name="decision_section"
                value={section}
                onChange={setSection}
                fault={faultOf('/decision_section')}
              />
              <DateField
                label={t`First day`}
                hint={t`At least 14 days from today. The authority’s first requirement can begin today.`}
                name="starts_on"
                value={starts}
                onChange={setStarts}
                fault={faultOf('/starts_on')}
              />
            </>
          )}
          <DateField
            label={t`Last day`}
            hint={started ? t`At least 14 days from today.` : undefined}
            optional
            name="ends_on"
            value={ends}
            onChange={setEnds}
            fault={faultOf('/ends_on')}
          />
          {LANGUAGES.map((language) => (
            <TextArea
              key={language}
              label={labels[language]}
              optional
              name={`reason/${language}`}
              value={reason[language] ?? ''}
              onChange={(text) => setReason({ ...reason, [language]: text })}
              fault={faultOf(`/reason/${language}`)}
            />
          ))}
        </>
      )}
    </Form>
  )
}
