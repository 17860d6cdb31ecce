import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { type Texts as InLanguages, textOf } from '../../../lib/language'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Empty } from '../../../ui/Feedback'
import { Form } from '../../../ui/Form'
import { DateField } from '../../../ui/inputs'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { useWrite, withVersion } from '../../../ui/write'
import type { Network, Part } from '../parts/NetworkFrame'
import { PersonField } from '../parts/PersonField'
import { Section } from '../parts/Section'
import { given, TextsFields } from '../parts/TextsFields'

/** An advisory board's seats: who sits there, in which theme, how long. The network's people see them. */
export function Seats({ network, part }: { network: Network; part: Part }) {
  const { t } = useLingui()
  const [giving, setGiving] = useState(false)
  const list = query.useInfiniteQuery(
    'get',
    '/api/v1/networks/{network_id}/seats',
    { params: { path: { network_id: network.id } } },
    { ...byCursor, enabled: part.reads },
  )
  if (!part.reads) return null
  return (
    <Section title={t`Seats`}>
      {part.leads && network.state !== 'closed' && (
        <Button variant="secondary" onClick={() => setGiving(true)}>{t`Give a seat`}</Button>
      )}
      <PagedList query={list} empty={<Empty>{t`No seat is given yet. A person holds a seat for a term.`}</Empty>}>
        {(items) => (
          <Rows>
            {items.map((one) => (
              <SeatRow key={one.id} seat={one} leads={part.leads} />
            ))}
          </Rows>
        )}
      </PagedList>
      <Dialog open={giving} title={t`Give a seat`} onClose={() => setGiving(false)}>
        <GiveSeat networkId={network.id} close={() => setGiving(false)} />
      </Dialog>
    </Section>
  )
}

function SeatRow({ seat, leads }: { seat: Schemas['SeatItem']; leads: boolean }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const remove = () =>
    write(
      api.DELETE('/api/v1/networks/{network_id}/seats/{seat_id}', {
        params: { path: { network_id: seat.network_id, seat_id: seat.id }, header: withVersion(seat.version) },
      }),
      t`The seat is removed.`,
    )
  const name = seat.principal_name ?? t`name erased`
  return (
    <Row
      head={name}
      meta={[
        textOf(seat.theme),
        `${formatDay(seat.term_starts_on)} – ${formatDay(seat.term_ends_on)}`,
        seat.deputy_name && t`deputy ${seat.deputy_name}`,
      ]}
    >
      {leads && (
        <Button variant="secondaryNoBorder" aria-label={t`Remove the seat of ${name}`} onClick={remove}>
          {t`Remove`}
        </Button>
      )}
    </Row>
  )
}

function GiveSeat({ networkId, close }: { networkId: string; close: () => void }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [theme, setTheme] = useState<InLanguages>({})
  const [person, setPerson] = useState('')
  const [deputy, setDeputy] = useState('')
  const [starts, setStarts] = useState<string | null>(null)
  const [ends, setEnds] = useState<string | null>(null)
  return (
    <Form
      label={t`Give the seat`}
      secondary={<Button variant="secondary" onClick={close}>{t`Cancel`}</Button>}
      check={() => ({
        ...(given(theme) ? {} : { '/theme': t`Write the theme in one language at least.` }),
        ...(person ? {} : { '/principal_id': t`Choose a person.` }),
        ...(starts ? {} : { '/term_starts_on': t`Write a day such as 31.3.2027.` }),
        ...(ends ? {} : { '/term_ends_on': t`Write a day such as 31.3.2027.` }),
      })}
      send={async () => {
        const body = {
          theme: given(theme) ?? {},
          principal_id: person,
          deputy_principal_id: deputy || null,
          term_starts_on: starts ?? '',
          term_ends_on: ends ?? '',
        }
        const params = { path: { network_id: networkId } }
        await write(api.POST('/api/v1/networks/{network_id}/seats', { params, body }), t`The seat is given.`)
        close()
      }}
    >
      {(faultOf) => (
        <>
          <TextsFields label={t`Theme`} name="theme" value={theme} onChange={setTheme} faultOf={faultOf} />
          <PersonField
            networkId={networkId}
            label={t`Person`}
            name="principal_id"
            value={person}
            onChange={setPerson}
            fault={faultOf('/principal_id')}
          />
          <PersonField
            networkId={networkId}
            label={t`Deputy`}
            name="deputy_principal_id"
            value={deputy}
            onChange={setDeputy}
            fault={faultOf('/deputy_principal_id')}
            optional
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
