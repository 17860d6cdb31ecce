import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../../api/client'
import { useMunicipalities } from '../../../lib/municipalities'
import { Form } from '../../../ui/Form'
import { ChooseField, TextField } from '../../../ui/inputs'
import { filled, TranslatedField } from '../../../ui/TranslatedField'
import { useWrite, withVersion } from '../../../ui/write'
import type { Organisation } from './Frame'

/** What an organisation says of itself; sector and legal form are the operator's to change. */
export function OrganisationForm({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const write = useWrite('organisations')
  const municipalities = useMunicipalities()
  const [names, setNames] = useState(organisation.names)
  const [descriptions, setDescriptions] = useState(organisation.descriptions ?? {})
  const [business, setBusiness] = useState(organisation.business_id ?? '')
  const [register, setRegister] = useState(organisation.association_register_number ?? '')
  const [home, setHome] = useState(organisation.home_municipality_code ?? '')
  const [website, setWebsite] = useState(organisation.website ?? '')
  const params = { path: { organisation_id: organisation.id }, header: withVersion(organisation.version) }
  async function send() {
    const body = {
      names: filled(names) ?? {},
      descriptions: filled(descriptions),
      business_id: business.trim() || null,
      association_register_number: register.trim() || null,
      home_municipality_code: home || null,
      website: website.trim() || null,
    }
    await write(api.PATCH('/api/v1/organisations/{organisation_id}', { params, body }), t`The changes are saved.`)
  }
  return (
    <Form
      label={t`Save`}
      check={() => (filled(names) ? {} : { '/names': t`The organisation needs a name.` })}
      send={send}
    >
      {(faultOf) => (
        <>
          <TranslatedField label={t`Name`} name="names" value={names} onChange={setNames} faultOf={faultOf} />
          <TranslatedField
            label={t`What it does`}
            name="descriptions"
            value={descriptions}
            onChange={setDescriptions}
            faultOf={faultOf}
            optional
            long
          />
          <TextField
            label={t`Business ID`}
            name="business_id"
            value={business}
            onChange={setBusiness}
            fault={faultOf('/business_id')}
            optional
          />
          <TextField
            label={t`Number in the register of associations`}
            name="association_register_number"
            value={register}
            onChange={setRegister}
            fault={faultOf('/association_register_number')}
            optional
          />
          <ChooseField
            label={t`Home municipality`}
            name="home_municipality_code"
            value={home}
            onChange={setHome}
            fault={faultOf('/home_municipality_code')}
            none={t`None`}
            options={municipalities.options}
            optional
          />
          <TextField
            label={t`Address on the web`}
            name="website"
            type="url"
            value={website}
            onChange={setWebsite}
            fault={faultOf('/website')}
            optional
          />
        </>
      )}
    </Form>
  )
}
