import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { AUTHORITIES } from '../../../lib/authorities'
import { enumLabels } from '../../../lib/labels'
import { language, type UiLanguage } from '../../../lib/language'
import { Dialog } from '../../../ui/Dialog'
import { Form } from '../../../ui/Form'
import { ChecksField, RadiosField, TextField } from '../../../ui/inputs'
import { useWrite } from '../../../ui/useWrite'
import type { Organisation } from './Frame'

type Role = Schemas['Role']

/** Somebody with roles in an organisation; who was erased has no name. */
export interface Person {
  principal_id: string
  kind: Schemas['PrincipalKind']
  name: string | null
  roles: Role[]
}

const EVERYWHERE: Role[] = ['viewer', 'editor', 'owner', 'signatory']
const IN_AUTHORITIES: Role[] = [...EVERYWHERE, 'officer', 'decider', 'registry']

function useRoles(organisation: Organisation) {
  const { t } = useLingui()
  const given = AUTHORITIES.includes(organisation.sector) ? IN_AUTHORITIES : EVERYWHERE
  return given.map((value) => ({ value, label: t(enumLabels.Role[value]) }))
}

/** Somebody is invited by mail to one role, which counts once they accept it. */
export function InvitationForm({ organisation, done }: { organisation: Organisation; done: () => void }) {
  const { t } = useLingui()
  const write = useWrite('organisations')
  const options = useRoles(organisation)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [chosen, setChosen] = useState<string>('editor')
  return (
    <Form
      label={t`Invite`}
      check={() => ({
        ...(name.trim() ? {} : { '/name': t`Give a name.` }),
        ...(email.includes('@') ? {} : { '/email': t`Give an email address.` }),
      })}
      send={async () => {
        const body = {
          name,
          email,
          role: chosen as Role,
          language: language() as UiLanguage,
          scope_kind: 'organisation' as const,
          scope_id: organisation.id,
        }
        await write(api.POST('/api/v1/invitations', { body }), t`Invited: ${name}`)
        done()
      }}
    >
      {(faultOf) => (
        <>
          <TextField label={t`Name`} name="name" value={name} onChange={setName} fault={faultOf('/name')} />
          <TextField
            label={t`Email`}
            hint={t`The invitation goes there and is open for 14 days. The role counts once it is accepted.`}
            name="email"
            type="email"
            value={email}
            onChange={setEmail}
            fault={faultOf('/email')}
          />
          <RadiosField
            label={t`Role`}
            name="role"
            value={chosen}
            onChange={setChosen}
            fault={faultOf('/role')}
            options={options}
          />
        </>
      )}
    </Form>
  )
}

/** Exactly the roles that somebody shall have; none takes them out of the organisation. */
export function RolesForm({
  organisation,
  person,
  done,
}: {
  organisation: Organisation
  person: Person
  done: () => void
}) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'me')
  const options = useRoles(organisation)
  const [held, setHeld] = useState<string[]>(person.roles)
  const params = { path: { organisation_id: organisation.id, principal_id: person.principal_id } }
  const path = '/api/v1/organisations/{organisation_id}/people/{principal_id}' as const
  return (
    <Form
      label={t`Save`}
      send={async () => {
        const roles = options.map((one) => one.value).filter((one) => held.includes(one))
        const call = roles.length > 0 ? api.PUT(path, { params, body: { roles } }) : api.DELETE(path, { params })
        await write<unknown>(call, t`The roles are changed.`)
        done()
      }}
    >
      {(faultOf) => (
        <ChecksField
          label={t`Roles`}
          hint={t`Without any role the person is no longer in the organisation.`}
          name="roles"
          value={held}
          onChange={setHeld}
          fault={faultOf('/roles')}
          options={options}
        />
      )}
    </Form>
  )
}

/** The way out for oneself. */
export function Leaving({ organisation, person }: { organisation: string; person: string }) {
  const { t } = useLingui()
  const write = useWrite('organisations', 'me')
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  const params = { path: { organisation_id: organisation, principal_id: person } }
  return (
    <>
      <Button variant="secondaryNoBorder" onClick={() => setOpened(true)}>{t`Leave the organisation`}</Button>
      <Dialog open={opened} title={t`Leave the organisation`} onClose={close}>
        <Form
          label={t`Leave`}
          secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
          send={async () => {
            const call = api.DELETE('/api/v1/organisations/{organisation_id}/people/{principal_id}', { params })
            await write(call, t`You have left the organisation.`)
          }}
        >
          {() => (
            <p>
              <Trans>You lose all your roles in it. An owner can invite you again.</Trans>
            </p>
          )}
        </Form>
      </Dialog>
    </>
  )
}
