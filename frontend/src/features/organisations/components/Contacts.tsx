import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link as Anchor, Button, Heading } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { asFile } from '../../../lib/download'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Empty, Failure } from '../../../ui/Feedback'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { StatusTag } from '../../../ui/StatusTag'
import { useWrite, withVersion } from '../../../ui/useWrite'
import { ContactForm } from './ContactForm'

type Contact = Schemas['ContactPublic']

/** How an organisation is reached; `editable`: with the ways to change that. */
export function Contacts({ organisation, editable = false }: { organisation: string; editable?: boolean }) {
  const { t } = useLingui()
  const [opened, setOpened] = useState<Contact | 'new'>()
  const path = { organisation_id: organisation }
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/organisations/{organisation_id}/contacts',
    { params: { path } },
    byCursor,
  )
  const close = () => setOpened(undefined)
  return (
    <section>
      <Heading variant="h2">{t`Contacts`}</Heading>
      <PagedList
        query={list}
        file={(format) =>
          api.GET('/api/v1/organisations/{organisation_id}/contacts/export.{file_format}', asFile(format, {}, path))
        }
        empty={<Empty>{t`No public contacts are given.`}</Empty>}
      >
        {(contacts) => (
          <Rows>
            {contacts.map((one) => (
              <Row
                key={one.id}
                head={one.name}
                status={!one.public && <StatusTag>{t`Not public`}</StatusTag>}
                meta={[one.role]}
              >
                {one.email && (
                  <div>
                    <Anchor href={`mailto:${one.email}`}>{one.email}</Anchor>
                  </div>
                )}
                {one.phone && (
                  <div>
                    <Anchor href={`tel:${one.phone.replace(/\s/g, '')}`}>{one.phone}</Anchor>
                  </div>
                )}
                {editable && (
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={t`Change the contact: ${one.name}`}
                    onClick={() => setOpened(one)}
                  >{t`Change`}</Button>
                )}
                {editable && <Remove contact={one} />}
              </Row>
            ))}
          </Rows>
        )}
      </PagedList>
      {editable && <Button variant="secondary" onClick={() => setOpened('new')}>{t`Add a contact`}</Button>}
      {opened && (
        <Dialog open title={opened === 'new' ? t`Add a contact` : t`Change the contact`} onClose={close}>
          <ContactForm organisation={organisation} contact={opened === 'new' ? undefined : opened} done={close} />
        </Dialog>
      )}
    </section>
  )
}

function Remove({ contact }: { contact: Contact }) {
  const { t } = useLingui()
  const write = useWrite('organisations')
  const path = { organisation_id: contact.organisation_id, contact_id: contact.id }
  const params = { path, header: withVersion(contact.version) }
  const [error, setError] = useState<unknown>()
  return (
    <>
      <Button
        variant="secondaryNoBorder"
        aria-label={t`Remove the contact: ${contact.name}`}
        onClick={() =>
          write(
            api.DELETE('/api/v1/organisations/{organisation_id}/contacts/{contact_id}', { params }),
            t`The contact is removed.`,
          ).catch(setError)
        }
      >{t`Remove`}</Button>
      {error !== undefined && <Failure error={error} />}
    </>
  )
}
