import { Trans } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { byRow } from '../../../lib/gate'
import { textOf } from '../../../lib/language'
import { Link } from '../../../ui/Link'
import { MarkStatus } from '../../../ui/MarkStatus'
import { StatusTag } from '../../../ui/StatusTag'

/** Each puumerkki that a case requires, and whether it is there: of each, one network’s is enough. */
export function MarkLine({ of }: { of: Schemas['PartnerRequestRow'] }) {
  if (!of.asks_mark)
    return (
      <p>
        <Trans>No puumerkki is asked for.</Trans>
      </p>
    )
  return byRow(of.networks).map((row) => <Row key={row[0]?.requirement_id} networks={row} />)
}

function Row({ networks }: { networks: Schemas['MarkAsked'][] }) {
  const there = networks.find((network) => network.mark_number !== null)
  const asked = (there ? [there] : networks).map((network) => textOf(network.names)).join(' / ')
  return (
    <p>
      <Trans>Puumerkki ({asked}):</Trans>{' '}
      {there ? (
        <>
          <Link to={`endorsements/${there.mark_number}`}>{there.mark_number}</Link>{' '}
          <MarkStatus mark={{ status: 'valid', conditions: there.mark_conditions }} />
        </>
      ) : (
        <StatusTag tone="warning">
          <Trans>missing</Trans>
        </StatusTag>
      )}
    </p>
  )
}
