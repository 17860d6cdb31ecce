import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useRef, useState } from 'react'
import { Block, Button, Heading } from 'suomifi-ui-components'
import { problemOf, type Schemas } from '../../../api/client'
import { AUTHORITIES } from '../../../lib/authorities'
import { useCounties } from '../../../lib/counties'
import { isOperator, useMe } from '../../../lib/me'
import { useMunicipalities } from '../../../lib/municipalities'
import { type Faults, type Faulty, Form } from '../../../ui/Form'
import { ChooseField, TextField } from '../../../ui/inputs'
import { SeveralField } from '../../../ui/SeveralField'
import { filled, TranslatedField } from '../../../ui/TranslatedField'
import type { Organisation } from './Frame'
import { type Namesake, Namesakes } from './Namesakes'
import { SectorFields } from './SectorFields'

/** What both a new organisation and a change of one can say. */
type Said = Omit<Schemas['OrganisationCreate'], 'host_id' | 'contact' | 'for_others' | 'also'>

/** What an organisation says of itself, new or as it is; what it is in the field and in law the operator changes. */
export function OrganisationForm({
  organisation,
  label,
  send,
  check,
  below,
}: {
  organisation?: Organisation
  label: string
  send: (said: Said) => Promise<unknown>
  /** Further faults seen before it is sent. */
  check?: (legalForm: Said['legal_form']) => Faults
  below?: (legalForm: Said['legal_form'], faultOf: (pointer: string) => Faulty) => ReactNode
}) {
  const { t } = useLingui()
  const operates = isOperator(useMe())
  const municipalities = useMunicipalities()
  const counties = useCounties()
  const [names, setNames] = useState(organisation?.names ?? {})
  const [descriptions, setDescriptions] = useState(organisation?.descriptions ?? {})
  const [kind, setKind] = useState<Pick<Said, 'sector' | 'legal_form'>>({
    sector: organisation?.sector ?? 'association',
    legal_form: organisation?.legal_form ?? 'registered_association',
  })
  const [business, setBusiness] = useState(organisation?.business_id ?? '')
  const [register, setRegister] = useState(organisation?.association_register_number ?? '')
  const [home, setHome] = useState(organisation?.home_municipality_code ?? '')
  const [served, setServed] = useState(organisation?.municipality_codes ?? [])
  const [county, setCounty] = useState(organisation?.wellbeing_county_code ?? '')
  const [website, setWebsite] = useState(organisation?.website ?? '')
  const [namesakes, setNamesakes] = useState<Namesake[]>([])
  const others = useRef<string[]>([])
  const registers = kind.legal_form === 'registered_association'
  const grouped = kind.legal_form === 'unregistered_group'
  const said = () => ({
    ...kind,
    names: filled(names) ?? {},
    descriptions: filled(descriptions),
    business_id: grouped ? null : business.trim() || null,
    association_register_number: registers ? register.trim() || null : null,
    home_municipality_code: home || null,
    municipality_codes: served,
    wellbeing_county_code: county || null,
    website: website.trim() || null,
    other_than: others.current,
  })
  const ask = async () => {
    try {
      await send(said())
    } catch (error) {
      const problem = problemOf(error) as { code: string; candidates?: Namesake[] }
      setNamesakes(problem.code === 'namesake_exists' ? (problem.candidates ?? []) : [])
      throw error
    }
  }
  return (
    <Form
      label={label}
      check={() => ({
        ...(filled(names) ? {} : { '/names': t`The organisation needs a name.` }),
        ...check?.(kind.legal_form),
      })}
      send={ask}
    >
      {(faultOf) => (
        <>
          {namesakes.length > 0 && (
            <Block mb="m">
              <Heading variant="h2">{t`Is it this one?`}</Heading>
              <Namesakes of={namesakes} />
              <Button
                type="submit"
                variant="secondary"
                onClick={() => {
                  others.current = [...new Set([...others.current, ...namesakes.map((one) => one.id)])]
                }}
              >
                {t`It is another organisation`}
              </Button>
            </Block>
          )}
          <TranslatedField label={t`Name`} name="names" value={names} onChange={setNames} faultOf={faultOf} />
          {(operates || !organisation) && (
            <SectorFields value={kind} onChange={setKind} faultOf={faultOf} without={operates ? [] : AUTHORITIES} />
          )}
          {!grouped && (
            <TextField
              label={t`Business ID`}
              name="business_id"
              value={business}
              onChange={setBusiness}
              fault={faultOf('/business_id')}
              optional
            />
          )}
          {registers && (
            <TextField
              label={t`Number in the register of associations`}
              name="association_register_number"
              value={register}
              onChange={setRegister}
              fault={faultOf('/association_register_number')}
              optional
            />
          )}
          <TranslatedField
            label={t`What it does`}
            name="descriptions"
            value={descriptions}
            onChange={setDescriptions}
            faultOf={faultOf}
            optional
            long
          />
          <ChooseField
            label={t`Home municipality`}
            name="home_municipality_code"
            value={home}
            onChange={setHome}
            fault={faultOf('/home_municipality_code')}
            none={t`None chosen`}
            options={municipalities.options}
            optional
          />
          <SeveralField
            label={t`Municipalities where it works`}
            hint={t`Its home is always among them.`}
            name="municipality_codes"
            value={served}
            onChange={setServed}
            fault={faultOf('/municipality_codes')}
            options={municipalities.options}
            optional
          />
          <ChooseField
            label={t`Wellbeing services county`}
            name="wellbeing_county_code"
            value={county}
            onChange={setCounty}
            fault={faultOf('/wellbeing_county_code')}
            none={t`None chosen`}
            options={counties.options}
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
          {below?.(kind.legal_form, faultOf)}
        </>
      )}
    </Form>
  )
}
