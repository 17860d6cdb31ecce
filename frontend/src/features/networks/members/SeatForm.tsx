import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, type Schemas } from '../../../api/client'
import { useOrganisationNames } from '../../../lib/organisationNames'
import { Form } from '../../../ui/Form'
import { DateField } from '../../../ui/inputs'
import { PersonField } from '../../../ui/PersonField'
import { OrganisationPicker } from '../../../ui/Picker'
import { filled, TranslatedField } from '../../../ui/TranslatedField'
import { useWrite, withVersion } from '../../../ui/useWrite'

/** A seat of an advisory board, new or as it is. */
export function SeatForm({
  networkId,
  seat,
  close,
}: {
  networkId: string
  seat?: Schemas['SeatItem']
  close: () => void
}) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [theme, setTheme] = useState(seat?.theme ?? {})
  const [person, setPerson] = useState(seat?.principal_id ?? '')
  const [deputy, setDeputy] = useState(seat?.deputy_principal_id ?? '')
  const [organisation, setOrganisation] = useState(seat?.organisation_id ?? null)
  const [starts, setStarts] = useState(seat?.term_starts_on ?? null)
  const [ends, setEnds] = useState(seat?.term_ends_on ?? null)
  const names = useOrganisationNames(organisation ? [organisation] : [])
  const erased = t`name erased`

  async function send() {
    const body = {
      theme: filled(theme) ?? {},
      principal_id: person,
      deputy_principal_id: deputy || null,
      organisation_id: organisation,
      term_starts_on: starts ?? '',
      term_ends_on: ends ?? '',
    }
    const path = { network_id: networkId }
    if (seat) {
      const params = { path: { ...path, seat_id: seat.id }, header: withVersion(seat.version) }
      const call = api.PATCH('/api/v1/networks/{network_id}/seats/{seat_id}', { params, body })
      await write(call, t`The seat is changed.`)
    } else {
      await write(api.POST('/api/v1/networks/{network_id}/seats', { params: { path }, body }), t`The seat is given.`)
    }
    close()
  }

  return (
    <Form
      label={seat ? t`Save` : t`Give the seat`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => ({
        ...(filled(theme) ? {} : { '/theme': t`Write the theme in one language at least.` }),
        ...(person ? {} : { '/principal_id': t`Choose a person.` }),
        ...(starts ? {} : { '/term_starts_on': t`Write a day such as 31.3.2027.` }),
        ...(ends ? {} : { '/term_ends_on': t`Write a day such as 31.3.2027.` }),
      })}
      send={send}
    >
      {(faultOf) => (
        <>
          <TranslatedField label={t`Theme`} name="theme" value={theme} onChange={setTheme} faultOf={faultOf} />
          <PersonField
            networkId={networkId}
            label={t`Person`}
            name="principal_id"
            value={person}
            onChange={setPerson}
            fault={faultOf('/principal_id')}
            held={seat && { id: seat.principal_id, name: seat.principal_name ?? erased }}
          />
          <PersonField
            networkId={networkId}
            label={t`Deputy`}
            name="deputy_principal_id"
            value={deputy}
            onChange={setDeputy}
            fault={faultOf('/deputy_principal_id')}
            held={
              seat?.deputy_principal_id ? { id: seat.deputy_principal_id, name: seat.deputy_name ?? erased } : undefined
            }
            optional
          />
          <OrganisationPicker
            label={t`For which organisation`}
            hint={t`Where the person sits for one. Type a part of the name, then choose.`}
            name="organisation_id"
            value={organisation ? { id: organisation, label: names.get(organisation) ?? '…' } : null}
            onChange={(chosen) => setOrganisation(chosen?.id ?? null)}
            fault={faultOf('/organisation_id')}
          />
          <DateField
            label={t`First day of the term`}
            name="term_starts_on"
            value={starts}
            onChange={setStarts}
            fault={faultOf('/term_starts_on')}
          />
          <DateField
            label={t`Last day of the term`}
            name="term_ends_on"
            value={ends}
            onChange={setEnds}
            fault={faultOf('/term_ends_on')}
          />
        </>
      )}
    </Form>
  )
}
