import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Heading } from 'suomifi-ui-components'
import { api } from '../../api/client'
import { useMe } from '../../lib/me'
import { Skeleton } from '../../ui/Feedback'
import type { Faulty } from '../../ui/Form'
import { inApp } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { OrganisationPicker, type Picked } from '../../ui/Picker'
import { useWrite } from '../../ui/write'
import { type ContactDraft, ContactFields, contactOf, draftOf, useContactCheck } from './parts/ContactFields'
import { OrganisationForm } from './parts/OrganisationForm'
import { isOperator } from './parts/rights'

export default function NewOrganisationPage() {
  const { t } = useLingui()
  const me = useMe()
  return (
    <Page
      title={t`Add an organisation`}
      lead={
        isOperator(me)
          ? t`Look first whether it is there already. Its first owner is invited on the page of its people.`
          : t`Look first whether it is there already. You become its owner, and invite the others.`
      }
      crumbs={[{ to: 'organisations', label: t`Organisations` }]}
    >
      {me === undefined ? <Skeleton /> : <Add />}
    </Page>
  )
}

function Add() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const write = useWrite('organisations', 'me')
  const checkContact = useContactCheck('/contact')
  const [host, setHost] = useState<Picked | null>(null)
  const [contact, setContact] = useState(draftOf)
  const named = [contact.name, contact.email, contact.phone].some((text) => text.trim())
  return (
    <OrganisationForm
      label={t`Add the organisation`}
      check={(legalForm) => {
        if (legalForm !== 'unregistered_group') return {}
        if (named) return checkContact(contact)
        return host ? {} : { '/host_id': t`An unregistered group needs a host or a contact.` }
      }}
      send={async (said) => {
        const group = said.legal_form === 'unregistered_group'
        const body = {
          ...said,
          host_id: group ? (host?.id ?? null) : null,
          contact: group && named ? contactOf(contact) : null,
        }
        const made = await write(api.POST('/api/v1/organisations', { body }), t`The organisation is added.`)
        await navigate({ to: inApp(`organisations/${made.id}`).path })
      }}
      below={(legalForm, faultOf) =>
        legalForm === 'unregistered_group' && (
          <Answering host={host} setHost={setHost} contact={contact} setContact={setContact} faultOf={faultOf} />
        )
      }
    />
  )
}

/** Who answers for an unregistered group. */
function Answering({
  host,
  setHost,
  contact,
  setContact,
  faultOf,
}: {
  host: Picked | null
  setHost: (host: Picked | null) => void
  contact: ContactDraft
  setContact: (contact: ContactDraft) => void
  faultOf: (pointer: string) => Faulty
}) {
  const { t } = useLingui()
  return (
    <section>
      <Heading variant="h2">{t`Who answers for the group`}</Heading>
      <p>
        <Trans>An unregistered group has a host organisation, or a contact, or both. The host is asked first.</Trans>
      </p>
      <OrganisationPicker
        label={t`Host`}
        name="host_id"
        value={host}
        onChange={setHost}
        fault={faultOf('/host_id').status ? faultOf('/host_id') : faultOf('/contact')}
      />
      <Heading variant="h3">{t`Contact`}</Heading>
      <ContactFields at="/contact" value={contact} onChange={setContact} faultOf={faultOf} />
    </section>
  )
}
