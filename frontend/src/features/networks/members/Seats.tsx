import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import { api, query, type Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { textOf } from '../../../lib/language'
import { Row, Rows } from '../../../ui/Cards'
import { Dialog } from '../../../ui/Dialog'
import { Empty } from '../../../ui/Feedback'
import { byCursor, PagedList } from '../../../ui/PagedList'
import { useWrite, withVersion } from '../../../ui/useWrite'
import type { Network, Part } from '../components/NetworkFrame'
import { Section } from '../components/Section'
import { SeatForm } from './SeatForm'

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
        <SeatForm networkId={network.id} close={() => setGiving(false)} />
      </Dialog>
    </Section>
  )
}

function SeatRow({ seat, leads }: { seat: Schemas['SeatItem']; leads: boolean }) {
  const { t } = useLingui()
  const write = useWrite('networks')
  const [changing, setChanging] = useState(false)
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
        <>
          <Button
            variant="secondaryNoBorder"
            aria-label={t`Edit the seat of ${name}`}
            onClick={() => setChanging(true)}
          >{t`Edit`}</Button>
          <Button variant="secondaryNoBorder" aria-label={t`Remove the seat of ${name}`} onClick={remove}>
            {t`Remove`}
          </Button>
          <Dialog open={changing} title={t`Edit the seat of ${name}`} onClose={() => setChanging(false)}>
            <SeatForm networkId={seat.network_id} seat={seat} close={() => setChanging(false)} />
          </Dialog>
        </>
      )}
    </Row>
  )
}
