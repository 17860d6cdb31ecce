import { useLingui } from '@lingui/react/macro'
import { useRef, useState } from 'react'
import { query } from '../api/client'
import { useMembers } from '../lib/members'
import type { Faulty } from './Form'
import { ChooseField } from './inputs'
import { Held } from './Picker'

/** One of those who speak for a member: first the member, then the person. `held`: who it is until now. */
export function PersonField({
  networkId,
  label,
  name,
  value,
  onChange,
  fault,
  optional,
  held,
}: {
  networkId: string
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  fault: Faulty
  optional?: boolean
  held?: { id: string; name: string }
}) {
  const { t } = useLingui()
  const [member, setMember] = useState('')
  const box = useRef<HTMLDivElement>(null)
  const members = useMembers(networkId)
  const people = query.useQuery(
    'get',
    '/api/v1/networks/{network_id}/members/{member_id}/people',
    { params: { path: { network_id: networkId, member_id: member } } },
    { enabled: member !== '' },
  )
  const known = new Map((people.data?.items ?? []).map((one) => [one.principal_id, one.name]))
  if (held && value === held.id && member === '')
    return (
      <Held
        label={label}
        value={held.name}
        fault={fault}
        onChange={() => {
          onChange('')
          window.setTimeout(() => box.current?.querySelector('button')?.focus())
        }}
      />
    )
  return (
    <div ref={box}>
      <ChooseField
        label={t`${label}: of which member`}
        name={`${name}/member`}
        value={member}
        onChange={(chosen) => {
          setMember(chosen)
          onChange('')
        }}
        optional={optional}
        options={members.options}
      />
      {member !== '' && (
        <ChooseField
          label={label}
          hint={people.data && known.size === 0 ? t`Nobody speaks for this member yet.` : undefined}
          name={name}
          value={value}
          onChange={onChange}
          fault={fault}
          optional={optional}
          options={[...known].map(([id, said]) => ({ value: id, label: said }))}
        />
      )}
    </div>
  )
}
