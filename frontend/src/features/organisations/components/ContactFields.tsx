import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import type { Faults, Faulty } from '../../../ui/Form'
import { CheckField, TextField } from '../../../ui/inputs'

export interface ContactDraft {
  name: string
  role: string
  email: string
  phone: string
  public: boolean
}

export const draftOf = (contact?: Schemas['ContactPublic']): ContactDraft => ({
  name: contact?.name ?? '',
  role: contact?.role ?? '',
  email: contact?.email ?? '',
  phone: contact?.phone ?? '',
  public: contact?.public ?? false,
})

/** As the API takes it: what is empty is not there. */
export const contactOf = (draft: ContactDraft): Schemas['ContactCreate'] => ({
  name: draft.name.trim(),
  role: draft.role.trim() || null,
  email: draft.email.trim() || null,
  phone: draft.phone.trim() || null,
  public: draft.public,
})

/** What is missing in a contact; `at`: the pointer of the contact. */
export function useContactCheck(at = ''): (draft: ContactDraft) => Faults {
  const { t } = useLingui()
  return (draft) => ({
    ...(draft.name.trim() ? {} : { [`${at}/name`]: t`Give a name.` }),
    ...(draft.email.trim() || draft.phone.trim()
      ? {}
      : { [`${at}/email`]: t`Give an email address or a phone number.` }),
  })
}

export function ContactFields({
  at = '',
  value,
  onChange,
  faultOf,
}: {
  at?: string
  value: ContactDraft
  onChange: (value: ContactDraft) => void
  faultOf: (pointer: string) => Faulty
}) {
  const { t } = useLingui()
  const field = (name: 'name' | 'role' | 'email' | 'phone') => ({
    name: `${at}/${name}`.slice(1),
    value: value[name],
    onChange: (text: string) => onChange({ ...value, [name]: text }),
    fault: faultOf(`${at}/${name}`),
  })
  return (
    <>
      <TextField label={t`Name`} {...field('name')} />
      <TextField label={t`Task`} {...field('role')} optional />
      <TextField label={t`Email`} type="email" {...field('email')} optional />
      <TextField label={t`Phone`} type="tel" {...field('phone')} optional />
      <CheckField
        label={t`Everybody may see this contact`}
        name={`${at}/public`.slice(1)}
        value={value.public}
        onChange={(open) => onChange({ ...value, public: open })}
        fault={faultOf(`${at}/public`)}
      />
    </>
  )
}
