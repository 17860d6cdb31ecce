import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button, Heading } from 'suomifi-ui-components'
import { api, problemOf, type Schemas } from '../../../api/client'
import { language, textOf, type UiLanguage } from '../../../lib/language'
import { useMunicipalities } from '../../../lib/municipalities'
import { Row, Rows } from '../../../ui/Cards'
import { Form } from '../../../ui/Form'
import { ChooseField, RadiosField, TextField } from '../../../ui/inputs'
import { useWrite } from '../../../ui/useWrite'

type Newcomer = Schemas['NewcomerCreate']
type Namesake = Schemas['Namesake']

/**
 * An association that is not here yet, and who runs it. It is added unconfirmed; who is invited administers it, and
 * whoever invites gets no role in it.
 */
export function NewcomerForm({ networkId, close }: { networkId: string; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const municipalities = useMunicipalities()
  const [name, setName] = useState('')
  const [form, setForm] = useState<string>('registered_association')
  const [home, setHome] = useState('')
  const [person, setPerson] = useState('')
  const [email, setEmail] = useState('')
  const [writes, setWrites] = useState<string>(language())
  const [namesakes, setNamesakes] = useState<Namesake[]>([])
  const params = { path: { network_id: networkId } }

  async function send() {
    const body: Newcomer = {
      names: { [language()]: name.trim() },
      sector: 'association',
      legal_form: form as Newcomer['legal_form'],
      home_municipality_code: home || null,
      other_than: namesakes.map((one) => one.id),
      administrator: { name: person, email, language: writes as UiLanguage },
    }
    try {
      await write(api.POST('/api/v1/networks/{network_id}/newcomers', { params, body }), t`Invited: ${name}`)
      close()
    } catch (error) {
      const problem = problemOf(error) as { code: string; candidates?: Namesake[] }
      setNamesakes(problem.code === 'namesake_exists' ? (problem.candidates ?? []) : [])
      throw error
    }
  }

  async function inviteKnown(organisation_id: string) {
    await write(api.POST('/api/v1/networks/{network_id}/members', { params, body: { organisation_id } }), t`Invited.`)
    close()
  }

  return (
    <Form
      label={namesakes.length > 0 ? t`It is another organisation: invite` : t`Send the invitation`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => ({
        ...(name.trim() ? {} : { '/names': t`The organisation needs a name.` }),
        ...(person.trim() ? {} : { '/administrator/name': t`Give a name.` }),
        ...(email.includes('@') ? {} : { '/administrator/email': t`Give an email address.` }),
      })}
      send={send}
    >
      {(faultOf) => (
        <>
          <p>
            <Trans>
              Whoever you invite administers the organisation and answers for it. An officer of its home municipality
              confirms it. You get no role in it.
            </Trans>
          </p>
          {namesakes.length > 0 && (
            <>
              <Heading variant="h3">{t`Is it this one?`}</Heading>
              <Rows>
                {namesakes.map((one) => (
                  <Row
                    key={one.id}
                    head={textOf(one.names)}
                    meta={[
                      one.home_municipality_code && municipalities.name(one.home_municipality_code),
                      one.business_id ?? one.association_register_number,
                    ]}
                  >
                    {one.confirmed && (
                      <Button
                        variant="secondary"
                        aria-label={t`Invite this one: ${textOf(one.names)}`}
                        onClick={() => inviteKnown(one.id)}
                      >{t`Invite this one`}</Button>
                    )}
                  </Row>
                ))}
              </Rows>
            </>
          )}
          <TextField
            label={t`Name of the organisation`}
            name="names"
            value={name}
            onChange={setName}
            fault={faultOf('/names')}
          />
          <RadiosField
            label={t`Kind of organisation`}
            name="legal_form"
            value={form}
            onChange={setForm}
            fault={faultOf('/legal_form')}
            options={[
              { value: 'registered_association', label: t`Registered association` },
              { value: 'unregistered_group', label: t`A group that is not registered` },
            ]}
          />
          <ChooseField
            label={t`Home municipality`}
            name="home_municipality_code"
            value={home}
            onChange={setHome}
            fault={faultOf('/home_municipality_code')}
            none={t`None chosen`}
            options={municipalities.options}
            optional
          />
          <TextField
            label={t`Who runs it: name`}
            name="administrator.name"
            value={person}
            onChange={setPerson}
            fault={faultOf('/administrator/name')}
          />
          <TextField
            label={t`Email`}
            hint={t`The invitation goes there and is open for 14 days.`}
            name="administrator.email"
            type="email"
            value={email}
            onChange={setEmail}
            fault={faultOf('/administrator/email')}
          />
          <ChooseField
            label={t`Language of the invitation`}
            name="administrator.language"
            value={writes}
            onChange={setWrites}
            fault={faultOf('/administrator/language')}
            options={[
              { value: 'fi', label: 'suomi' },
              { value: 'sv', label: 'svenska' },
              { value: 'en', label: 'English' },
            ]}
          />
        </>
      )}
    </Form>
  )
}
