import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import type { Schemas } from '../../../api/client'
import { AUTHORITIES } from '../../../lib/authorities'
import { useCounties } from '../../../lib/counties'
import { textOf } from '../../../lib/language'
import { useMunicipalities } from '../../../lib/municipalities'
import { useTargetGroups } from '../../../lib/targetGroups'
import { type Faulty, Form } from '../../../ui/Form'
import { CheckField, ChecksField, DateField, TextField } from '../../../ui/inputs'
import { type Picked, searchOrganisations } from '../../../ui/Picker'
import { SeveralField, SeveralPicker } from '../../../ui/SeveralField'
import { filled, TranslatedField } from '../../../ui/TranslatedField'
import type { Network } from './NetworkFrame'

/** What both a new network and a change of one say. */
type Said = Omit<Schemas['NetworkCreate'], 'kind' | 'coordinator_id' | 'founding_organisation_id'>

const authorities = (q: string) => searchOrganisations(q, AUTHORITIES)

/** What a network says of itself, new or as it is. Its prefix can be given once. */
export function NetworkForm({
  network,
  kind,
  label,
  send,
  above,
  below,
}: {
  network?: Network
  kind: Network['kind']
  label: string
  send: (said: Said) => Promise<unknown>
  above?: (faultOf: (pointer: string) => Faulty) => ReactNode
  below?: (faultOf: (pointer: string) => Faulty) => ReactNode
}) {
  const { t } = useLingui()
  const groups = useTargetGroups()
  const municipalities = useMunicipalities()
  const counties = useCounties()
  const [names, setNames] = useState(network?.names ?? {})
  const [theme, setTheme] = useState(network?.theme ?? {})
  const [goals, setGoals] = useState(network?.goals ?? {})
  const [targets, setTargets] = useState(network?.target_groups ?? [])
  const [codes, setCodes] = useState(network?.municipality_codes ?? [])
  const [countyCodes, setCountyCodes] = useState(network?.wellbeing_county_codes ?? [])
  const [responsible, setResponsible] = useState<Picked[]>(
    (network?.authorities ?? []).map((one) => ({ id: one.organisation_id, label: textOf(one.names) })),
  )
  const [decides, setDecides] = useState(network?.decides ?? false)
  const [prefix, setPrefix] = useState(network?.prefix ?? '')
  const [endsOn, setEndsOn] = useState(network?.ends_on ?? null)
  const fixed = network?.prefix ?? null
  const said = (): Said => ({
    names: filled(names) ?? {},
    theme: filled(theme),
    goals: filled(goals),
    target_groups: targets,
    municipality_codes: codes,
    wellbeing_county_codes: countyCodes,
    authority_ids: responsible.map((one) => one.id),
    decides,
    ...(fixed === null && prefix.trim() ? { prefix: prefix.trim() } : {}),
    ...(kind === 'working_group' ? { ends_on: endsOn } : {}),
  })
  return (
    <Form
      label={label}
      send={() => send(said())}
      check={() => ({
        ...(filled(names) ? {} : { '/names': t`Write the name in one language at least.` }),
        ...(decides && !prefix.trim()
          ? { '/prefix': t`A network that decides has a prefix for its puumerkki numbers.` }
          : {}),
      })}
    >
      {(faultOf) => (
        <>
          {above?.(faultOf)}
          <TranslatedField label={t`Name`} name="names" value={names} onChange={setNames} faultOf={faultOf} />
          <TranslatedField label={t`Theme`} name="theme" value={theme} onChange={setTheme} faultOf={faultOf} optional />
          <TranslatedField
            label={t`Goals`}
            name="goals"
            value={goals}
            onChange={setGoals}
            faultOf={faultOf}
            long
            optional
          />
          <SeveralField
            label={t`Municipalities of the area`}
            name="municipality_codes"
            value={codes}
            onChange={setCodes}
            fault={faultOf('/municipality_codes')}
            options={municipalities.options}
            optional
          />
          <SeveralField
            label={t`Wellbeing services counties of the area`}
            hint={t`For a network that works in the whole county.`}
            name="wellbeing_county_codes"
            value={countyCodes}
            onChange={setCountyCodes}
            fault={faultOf('/wellbeing_county_codes')}
            options={counties.options}
            optional
          />
          <SeveralPicker
            label={t`Authorities responsible for the theme`}
            hint={t`Municipalities, wellbeing services counties or state authorities. Type a part of the name, then choose.`}
            name="authority_ids"
            value={responsible}
            onChange={setResponsible}
            fault={faultOf('/authority_ids')}
            search={authorities}
          />
          <ChecksField
            label={t`For whom`}
            name="target_groups"
            value={targets}
            onChange={setTargets}
            fault={faultOf('/target_groups')}
            optional
            options={groups.options}
          />
          <CheckField
            label={t`The network decides: it grants the puumerkki`}
            hint={t`Otherwise it advises and gives statements.`}
            name="decides"
            value={decides}
            onChange={setDecides}
            fault={faultOf('/decides')}
          />
          {fixed === null ? (
            <TextField
              label={t`Prefix of puumerkki numbers`}
              hint={t`Capital letters and digits, for example ELAMANKAARI. It can be given once.`}
              name="prefix"
              value={prefix}
              onChange={setPrefix}
              fault={faultOf('/prefix')}
              optional={!decides}
            />
          ) : (
            <p>
              {t`Prefix of puumerkki numbers`}: <strong>{fixed}</strong>
            </p>
          )}
          {kind === 'working_group' && (
            <DateField
              label={t`Last day of the working group`}
              name="ends_on"
              value={endsOn}
              onChange={setEndsOn}
              fault={faultOf('/ends_on')}
              optional
            />
          )}
          {below?.(faultOf)}
        </>
      )}
    </Form>
  )
}
