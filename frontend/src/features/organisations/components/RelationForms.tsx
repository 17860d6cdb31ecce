import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { useMe } from '../../../lib/me'
import { Form } from '../../../ui/Form'
import { DateField, RadiosField } from '../../../ui/inputs'
import { OrganisationPicker, type Picked } from '../../../ui/Picker'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { mayChange } from './rights'

export function NewRelation({ organisation, done }: { organisation: string; done: () => void }) {
  const { t } = useLingui()
  const write = useWrite('organisations')
  const me = useMe()
  const [other, setOther] = useState<Picked | null>(null)
  const [kind, setKind] = useState('umbrella')
  const [starts, setStarts] = useState<string | null>(null)
  return (
    <Form
      label={t`Save`}
      check={() => (other ? {} : { '/other_id': t`Choose the other organisation.` })}
      send={async () => {
        const body = { other_id: other?.id ?? '', kind: kind as Schemas['RelationKind'], starts_on: starts }
        const params = { path: { organisation_id: organisation } }
        const call = api.POST('/api/v1/organisations/{organisation_id}/relations', { params, body })
        const asked = kind === 'host' && !mayChange(me, body.other_id)
        await write(call, asked ? t`The relation is added. The host is asked.` : t`The relation is added.`)
        done()
      }}
    >
      {(faultOf) => (
        <>
          <OrganisationPicker
            label={t`To which organisation it belongs`}
            name="other_id"
            value={other}
            onChange={setOther}
            fault={faultOf('/other_id')}
          />
          <RadiosField
            label={t`What the other is to it`}
            name="kind"
            value={kind}
            onChange={setKind}
            fault={faultOf('/kind')}
            options={Object.entries(enumLabels.RelationKind).map(([value, word]) => ({ value, label: t(word) }))}
          />
          <DateField
            label={t`Since when`}
            name="starts_on"
            value={starts}
            onChange={setStarts}
            fault={faultOf('/starts_on')}
            optional
          />
        </>
      )}
    </Form>
  )
}

export function EndRelation({
  organisation,
  relation,
  done,
}: {
  organisation: string
  relation: Schemas['RelationPublic']
  done: () => void
}) {
  const { t } = useLingui()
  const write = useWrite('organisations')
  const [ends, setEnds] = useState(relation.ends_on)
  return (
    <Form
      label={t`Save`}
      send={async () => {
        const path = { organisation_id: organisation, relation_id: relation.id }
        const params = { path, header: withVersion(relation.version) }
        const body = { ends_on: ends }
        const call = api.PATCH('/api/v1/organisations/{organisation_id}/relations/{relation_id}', { params, body })
        await write(call, t`The relation is changed.`)
        done()
      }}
    >
      {(faultOf) => (
        <DateField
          label={t`Last day`}
          name="ends_on"
          value={ends}
          onChange={setEnds}
          fault={faultOf('/ends_on')}
          optional
        />
      )}
    </Form>
  )
}
