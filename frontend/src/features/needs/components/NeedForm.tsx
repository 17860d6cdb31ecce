import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useState } from 'react'
import type { Schemas } from '../../../api/client'
import { language } from '../../../lib/language'
import { useMunicipalities } from '../../../lib/municipalities'
import { useTargetGroups } from '../../../lib/targetGroups'
import { type Faulty, Form } from '../../../ui/Form'
import { ChecksField, ChooseField, TextArea, TextField } from '../../../ui/inputs'
import { useAreas } from './areas'

type NeedContent = Required<Schemas['NeedUpdate']>

/** What a need says; `above`: what else is asked, before it. */
export function NeedForm({
  need,
  label,
  above,
  check = () => ({}),
  send,
}: {
  need: Schemas['NeedDetails'] | undefined
  label: string
  above?: (faultOf: (pointer: string) => Faulty) => ReactNode
  check?: () => Record<string, string>
  send: (content: NeedContent) => Promise<unknown>
}) {
  const { t } = useLingui()
  const municipalities = useMunicipalities()
  const groups = useTargetGroups()
  const [title, setTitle] = useState(need?.title ?? '')
  const [description, setDescription] = useState(need?.description ?? '')
  const [evidence, setEvidence] = useState(need?.evidence ?? '')
  const [municipality, setMunicipality] = useState(need?.municipality_code ?? '')
  const [area, setArea] = useState(need?.area_id ?? '')
  const [targets, setTargets] = useState<string[]>(need?.target_groups ?? [])
  const areas = useAreas(municipality || undefined)
  return (
    <Form
      label={label}
      check={() => ({
        ...check(),
        ...(title.trim() ? {} : { '/title': t`Give the need a name.` }),
        ...(description.trim() ? {} : { '/description': t`Tell what is needed.` }),
        ...(municipality ? {} : { '/municipality_code': t`Choose the municipality.` }),
      })}
      send={() =>
        send({
          title,
          description,
          evidence: evidence.trim() || null,
          municipality_code: municipality,
          area_id: area || null,
          target_groups: targets,
          language: need?.language ?? language(),
        })
      }
    >
      {(faultOf) => (
        <>
          {above?.(faultOf)}
          <TextField
            label={t`The need in a few words`}
            name="title"
            value={title}
            onChange={setTitle}
            fault={faultOf('/title')}
          />
          <TextArea
            label={t`What is needed, and by whom`}
            name="description"
            value={description}
            onChange={setDescription}
            fault={faultOf('/description')}
          />
          <TextArea
            label={t`How it is known`}
            hint={t`For example a workshop, figures or what residents have told.`}
            name="evidence"
            value={evidence}
            onChange={setEvidence}
            fault={faultOf('/evidence')}
            optional
          />
          <ChooseField
            label={t`Municipality`}
            name="municipality_code"
            value={municipality}
            onChange={(code) => {
              setMunicipality(code)
              setArea('')
            }}
            fault={faultOf('/municipality_code')}
            options={municipalities.options}
          />
          {areas.length > 0 && (
            <ChooseField
              label={t`Area`}
              name="area_id"
              value={area}
              onChange={setArea}
              fault={faultOf('/area_id')}
              none={t`The whole municipality`}
              options={areas}
              optional
            />
          )}
          <ChecksField
            label={t`Target groups`}
            name="target_groups"
            value={targets}
            onChange={setTargets}
            fault={faultOf('/target_groups')}
            options={groups.options}
            optional
          />
        </>
      )}
    </Form>
  )
}
