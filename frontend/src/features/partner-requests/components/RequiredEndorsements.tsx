import { Trans } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { byRow } from '../../../lib/gate'
import { textOf } from '../../../lib/language'
import { EndorsementStatus } from '../../../ui/EndorsementStatus'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'

/** Each puumerkki that a case requires, and whether it is there: of each, one network’s is enough. */
export function RequiredEndorsements({ of }: { of: Schemas['PartnerRequestRow'] }) {
  if (!of.asks_endorsement)
    return (
      <p>
        <Trans>No puumerkki is asked for.</Trans>
      </p>
    )
  const waits = of.state === 'arrived' || of.state === 'referred'
  return byRow(of.networks).map((row) => <Row key={row[0]?.requirement_id} networks={row} waits={waits} />)
}

/** What was begun or decided rests on what was there then: a puumerkki that has ended since is not missing. */
function Row({ networks, waits }: { networks: Schemas['EndorsementAsked'][]; waits: boolean }) {
  const there = networks.find((network) => network.endorsement_number !== null)
  if (!there && !waits) return null
  const asked = (there ? [there] : networks).map((network) => textOf(network.names)).join(' / ')
  return (
    <p>
      <Trans>Puumerkki ({asked}):</Trans>{' '}
      {there ? (
        <>
          <Link to={`endorsements/${there.endorsement_number}`}>{there.endorsement_number}</Link>{' '}
          <EndorsementStatus endorsement={{ status: 'valid', conditions: there.endorsement_conditions }} />
        </>
      ) : (
        <StatusTag tone="warning">
          <Trans>missing</Trans>
        </StatusTag>
      )}
    </p>
  )
}
