import { Trans, useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Heading } from 'suomifi-ui-components'
import { api, type Schemas } from '../../api/client'
import { isOperator, scopesOf, useMe } from '../../lib/me'
import { Skeleton } from '../../ui/Feedback'
import type { Faulty } from '../../ui/Form'
import { CheckField, ChecksField } from '../../ui/inputs'
import { inApp } from '../../ui/Link'
import { Page } from '../../ui/Page'
import { OrganisationPicker, type Picked } from '../../ui/Picker'
import { useWrite } from '../../ui/useWrite'
import { type ContactDraft, ContactFields, contactOf, draftOf, useContactCheck } from './components/ContactFields'
import { OrganisationForm } from './components/OrganisationForm'

type Also = NonNullable<Schemas['OrganisationCreate']['also']>[number]

export default function NewOrganisationPage() {
  const { t } = useLingui()
  const me = useMe()
  return (
    <Page
      title={t`Add an organisation`}
      lead={
        isOperator(me)
          ? t`Look first whether it is there already. Its first administrator is named under the operators' actions, on the page of its people.`
          : t`Look first whether it is there already. You become its administrator. An officer of its home municipality confirms it.`
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
  const [forOthers, setForOthers] = useState(false)
  const [also, setAlso] = useState<string[]>(['editor', 'signatory'])
  const me = useMe()
  const operates = isOperator(me)
  const officer = scopesOf(me, 'organisation', 'organisations:confirm').length > 0
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
          for_others: forOthers,
          also: operates || forOthers ? [] : (also as Also[]),
          host_id: group ? (host?.id ?? null) : null,
          contact: group && named ? contactOf(contact) : null,
        }
        const made = await write(api.POST('/api/v1/organisations', { body }), t`The organisation is added.`)
        const theirs = operates || forOthers
        await navigate({ to: inApp(`organisations/${made.id}${theirs ? '' : '/start'}`).path })
      }}
      below={(legalForm, faultOf) => (
        <>
          {legalForm === 'unregistered_group' && (
            <Answering host={host} setHost={setHost} contact={contact} setContact={setContact} faultOf={faultOf} />
          )}
          {officer && (
            <CheckField
              label={t`I add it as an officer of its home municipality`}
              hint={t`The organisation is confirmed at once, and you get no role in it. The operator invites its administrator.`}
              name="for_others"
              value={forOthers}
              onChange={setForOthers}
              fault={faultOf('/for_others')}
            />
          )}
          {!operates && !forOthers && (
            <ChecksField
              label={t`You become its administrator. You also`}
              hint={t`You can give these roles to others later.`}
              name="also"
              value={also}
              onChange={setAlso}
              fault={faultOf('/also')}
              options={[
                { value: 'editor', label: t`write and submit applications (editor)` },
                { value: 'signatory', label: t`sign agreements (signatory)` },
              ]}
            />
          )}
        </>
      )}
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
