import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { useMunicipalities } from '../../../lib/municipalities'
import { useTargetGroups } from '../../../lib/targetGroups'
import { Form } from '../../../ui/Form'
import { CheckField, ChecksField, DateField, TextField } from '../../../ui/inputs'
import { SeveralField } from '../../../ui/SeveralField'
import { useWrite, withVersion } from '../../../ui/write'
import type { Network } from '../parts/NetworkFrame'
import { given, TextsFields } from '../parts/TextsFields'

/** What a network says of itself. Its prefix can be given once. */
export function AboutForm({ network }: { network: Network }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const groups = useTargetGroups()
  const municipalities = useMunicipalities()
  const [names, setNames] = useState(network.names)
  const [theme, setTheme] = useState(network.theme ?? {})
  const [goals, setGoals] = useState(network.goals ?? {})
  const [targets, setTargets] = useState(network.target_groups)
  const [codes, setCodes] = useState(network.municipality_codes)
  const [decides, setDecides] = useState(network.decides)
  const [prefix, setPrefix] = useState(network.prefix ?? '')
  const [endsOn, setEndsOn] = useState(network.ends_on ?? null)
  const send = () => {
    const body: Schemas['NetworkUpdate'] = {
      names: given(names) ?? {},
      theme: given(theme),
      goals: given(goals),
      target_groups: targets,
      municipality_codes: codes,
      decides,
      ...(network.prefix === null && prefix.trim() ? { prefix: prefix.trim() } : {}),
      ...(network.kind === 'working_group' ? { ends_on: endsOn } : {}),
    }
    const params = { path: { network_id: network.id }, header: withVersion(network.version) }
    return write(api.PATCH('/api/v1/networks/{network_id}', { params, body }), t`Saved.`)
  }
  return (
    <Form
      label={t`Save`}
      send={send}
      check={() => (given(names) ? {} : { '/names': t`Write the name in one language at least.` })}
    >
      {(faultOf) => (
        <>
          <TextsFields label={t`Name`} name="names" value={names} onChange={setNames} faultOf={faultOf} />
          <TextsFields label={t`Theme`} name="theme" value={theme} onChange={setTheme} faultOf={faultOf} optional />
          <TextsFields
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
          {network.prefix === null ? (
            <TextField
              label={t`Prefix of the marks' numbers`}
              hint={t`Capital letters and digits, for example ELAMANKAARI. It can be given once.`}
              name="prefix"
              value={prefix}
              onChange={setPrefix}
              fault={faultOf('/prefix')}
              optional={!decides}
            />
          ) : (
            <p>
              {t`Prefix of the marks' numbers`}: <strong>{network.prefix}</strong>
            </p>
          )}
          {network.kind === 'working_group' && (
            <DateField
              label={t`Last day of the working group`}
              name="ends_on"
              value={endsOn}
              onChange={setEndsOn}
              fault={faultOf('/ends_on')}
              optional
            />
          )}
        </>
      )}
    </Form>
  )
}
