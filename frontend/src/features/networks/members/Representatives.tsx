import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'
import { language } from '../../../lib/language'
import { Dialog } from '../../../ui/Dialog'
import { Loaded } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { ChooseField, RadiosField, TextField } from '../../../ui/inputs'
import { useWrite, withVersion } from '../../../ui/useWrite'
import styles from './Members.module.css'

type Member = Schemas['MemberDetail']
type RepresentativeRole = Schemas['RepresentativeRole']

const ROLES: RepresentativeRole[] = ['representative', 'deputy']
const BASE = '/api/v1/networks/{network_id}/members/{member_id}'

/** Who speaks and votes for a member, and who does so in their place; its owner names them. */
export function Representatives({ member, owns }: { member: Member; owns: boolean }) {
  const { t } = useLingui()
  const [naming, setNaming] = useState<RepresentativeRole>()
  const write = useWrite('networks')
  const path = { network_id: member.network_id, member_id: member.id }
  const at = { params: { path, header: withVersion(member.version) } }
  const found = query.useQuery('get', `${BASE}/people`, { params: { path } })
  const remove = (role: RepresentativeRole) =>
    write(
      role === 'deputy' ? api.DELETE(`${BASE}/deputy`, at) : api.DELETE(`${BASE}/representative`, at),
      t`The role is taken away.`,
    )
  return (
    <Loaded query={found}>
      {({ items }) => (
        <>
          <ul className={styles.voices}>
            {ROLES.map((role) => {
              const held = items.find((one) => one.role === role)
              return (
                <li key={role}>
                  <span>
                    <strong>{t(enumLabels.Role[role])}</strong>:{' '}
                    {held ? `${held.name} (${t`since ${formatDay(held.since)}`})` : t`nobody named`}
                  </span>
                  {owns && (
                    <span>
                      <Button variant="secondaryNoBorder" onClick={() => setNaming(role)}>
                        {role === 'deputy' ? t`Name a deputy` : t`Name a representative`}
                      </Button>
                      {held && (
                        <Button
                          variant="secondaryNoBorder"
                          aria-label={t`Take the role away from ${held.name}`}
                          onClick={() => remove(role)}
                        >{t`Take away`}</Button>
                      )}
                    </span>
                  )}
                </li>
              )
            })}
          </ul>
          <Dialog
            open={naming !== undefined}
            title={naming === 'deputy' ? t`Name a deputy` : t`Name a representative`}
            onClose={() => setNaming(undefined)}
          >
            {naming && <Name member={member} role={naming} close={() => setNaming(undefined)} />}
          </Dialog>
        </>
      )}
    </Loaded>
  )
}

function Name({ member, role, close }: { member: Member; role: RepresentativeRole; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [way, setWay] = useState('known')
  const [person, setPerson] = useState('')
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const people = query.useQuery('get', '/api/v1/organisations/{organisation_id}/people', {
    params: { path: { organisation_id: member.organisation_id }, query: { limit: 200 } },
  })
  const options = (people.data?.items ?? []).flatMap((one) =>
    one.kind === 'user' && one.name ? [{ value: one.principal_id, label: one.name }] : [],
  )
  const path = { network_id: member.network_id, member_id: member.id }
  const at = { params: { path, header: withVersion(member.version) } }
  const body: Schemas['RepresentativeName'] =
    way === 'known'
      ? { principal_id: person, language: language() }
      : { email: email.trim(), name: name.trim(), language: language() }
  return (
    <Form
      label={t`Name this person`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => (way === 'known' && !person ? { '/principal_id': t`Choose a person.` } : {})}
      send={async () => {
        await write(
          role === 'deputy'
            ? api.PUT(`${BASE}/deputy`, { ...at, body })
            : api.PUT(`${BASE}/representative`, { ...at, body }),
          way === 'known' ? t`Named.` : t`An invitation is on its way by mail.`,
        )
        close()
      }}
    >
      {(faultOf) => (
        <>
          <RadiosField
            label={t`Who?`}
            name="way"
            value={way}
            onChange={setWay}
            options={[
              { value: 'known', label: t`Somebody of the organisation` },
              { value: 'mail', label: t`Somebody else, by mail` },
            ]}
          />
          {way === 'known' ? (
            <ChooseField
              label={t`Person`}
              name="principal_id"
              value={person}
              onChange={setPerson}
              fault={faultOf('/principal_id')}
              options={options}
            />
          ) : (
            <>
              <TextField label={t`Name`} name="name" value={name} onChange={setName} fault={faultOf('/name')} />
              <TextField
                label={t`Email address`}
                name="email"
                type="email"
                value={email}
                onChange={setEmail}
                fault={faultOf('/email')}
              />
            </>
          )}
        </>
      )}
    </Form>
  )
}
