import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api, query } from '../../../api/client'
import { AUTHORITIES } from '../../../lib/authorities'
import { enumLabels } from '../../../lib/labels'
import { useOrganisationNames } from '../../../lib/organisationNames'
import { type Faults, Form } from '../../../ui/Form'
import { ChecksField, ChooseField, TextField } from '../../../ui/inputs'
import { useWrite } from '../../../ui/useWrite'
import { ALLOWS, allowedTo, OF_AUTHORITIES, type Role, type Scope, useScopeText } from './rights'
import type { Secret } from './ShownSecret'

/** A new service account: it may do what its scopes and its roles both allow. */
export function AccountForm({ organisations, done }: { organisations: string[]; done: (made: Secret) => void }) {
  const { t } = useLingui()
  const write = useWrite('service-accounts')
  const scopeText = useScopeText()
  const names = useOrganisationNames(organisations)
  const [organisation, setOrganisation] = useState(organisations.length === 1 ? (organisations[0] ?? '') : '')
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['organisations:read', 'applications:read'])
  const [roles, setRoles] = useState<string[]>(['viewer'])
  const path = { organisation_id: organisation }
  const { data } = query.useQuery(
    'get',
    '/api/v1/organisations/{organisation_id}',
    { params: { path } },
    { enabled: organisation !== '' },
  )
  const authority = data !== undefined && AUTHORITIES.includes(data.sector)
  const offered = (Object.keys(ALLOWS) as Role[]).filter((one) => authority || !OF_AUTHORITIES.includes(one))
  const held = roles.filter((one) => offered.includes(one as Role))
  const possible = allowedTo(held)
  const carried = possible.filter((one) => scopes.includes(one))

  const send = async () =>
    done(
      await write(
        api.POST('/api/v1/service-accounts', {
          body: {
            organisation_id: organisation,
            name: name.trim(),
            scopes: carried,
            roles: held as Role[],
          },
        }),
      ),
    )

  const check = (): Faults => ({
    ...(organisation ? {} : { '/organisation_id': t`Choose an organisation.` }),
    ...(name.trim() ? {} : { '/name': t`Give it a name.` }),
    ...(carried.length > 0 ? {} : { '/scopes': t`Choose what it may do.` }),
  })

  return (
    <Form send={send} label={t`Make the account`} check={check}>
      {(faultOf) => (
        <>
          {organisations.length > 1 && (
            <ChooseField
              label={t`Organisation`}
              name="organisation_id"
              value={organisation}
              onChange={setOrganisation}
              fault={faultOf('/organisation_id')}
              options={organisations.map((id) => ({ value: id, label: names.get(id) ?? id }))}
            />
          )}
          <TextField
            label={t`Name`}
            hint={t`Which system uses it, for example “Case management”.`}
            name="name"
            value={name}
            onChange={setName}
            fault={faultOf('/name')}
          />
          <ChecksField
            label={t`Its roles in the organisation`}
            name="roles"
            value={held}
            onChange={setRoles}
            fault={faultOf('/roles')}
            options={offered.map((one) => ({ value: one, label: t(enumLabels.Role[one]) }))}
          />
          <ChecksField
            label={t`What its tokens can carry`}
            name="scopes"
            value={carried}
            onChange={(chosen) => setScopes(chosen as Scope[])}
            fault={faultOf('/scopes')}
            options={possible.map((one) => ({ value: one, label: scopeText(one), hint: one }))}
          />
        </>
      )}
    </Form>
  )
}
