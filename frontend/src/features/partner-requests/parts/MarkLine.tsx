import { Trans } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { textOf } from '../../../lib/language'
import { Link } from '../../../ui/Link'
import { MarkStatus } from '../../../ui/MarkStatus'
import { StatusTag } from '../../../ui/StatusTag'

/** Whose mark is asked for in a case, and whether it is there: one network's is enough. */
export function MarkLine({ of }: { of: Schemas['PartnerRequestRow'] }) {
  if (!of.asks_mark)
    return (
      <p>
        <Trans>No puumerkki is asked for.</Trans>
      </p>
    )
  const there = of.networks.find((network) => network.mark_number !== null)
  const asked = (there ? [there] : of.networks).map((network) => textOf(network.names)).join(' / ')
  return (
    <p>
      <Trans>Puumerkki ({asked}):</Trans>{' '}
      {there ? (
        <>
          <Link to={`endorsements/${there.mark_number}`}>{there.mark_number}</Link>{' '}
          <MarkStatus
            mark={{ status: 'valid', conditions: there.mark_conditions.map((text) => ({ text, met: false })) }}
          />
        </>
      ) : (
        <StatusTag tone="warning">
          <Trans>missing</Trans>
        </StatusTag>
      )}
    </p>
  )
}
