import { Trans, useLingui } from '@lingui/react/macro'
import { Block, InlineAlert } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { handlingState } from '../../../lib/states'
import { today } from '../../../lib/today'
import { toneOf } from '../../../lib/tones'
import { Link } from '../../../ui/Link'
import { StatusTag } from '../../../ui/StatusTag'
import { Texts } from '../../../ui/Texts'
import { Part } from './Part'

type Case = Schemas['PartnerRequestPublic']
type Asked = Schemas['NetworkAsked']

/** Whether its mark is there and valid today. */
export const holds = (network: Asked) =>
  network.mark_number !== null && (network.mark_valid_until === null || network.mark_valid_until >= today())

/** The gate: whose mark the authority asks for before it starts, and whether that is there. */
export function Gate({ of }: { of: Case }) {
  const { t } = useLingui()
  const there = of.networks.filter(holds)
  const open = there.length > 0
  const dependent = there.every((network) => network.mark_conditions.length > 0)
  return (
    <Part title={t`Puumerkki`}>
      {of.asks_mark ? (
        <Block mb="m">
          <InlineAlert
            status={open && !dependent ? 'neutral' : 'warning'}
            labelText={
              !open
                ? t`The authority neither begins nor decides before the puumerkki is there`
                : dependent
                  ? t`The puumerkki is there, with conditions: the authority may prepare and decide`
                  : t`The puumerkki is there: the authority may prepare and decide`
            }
          >
            {!open && of.networks.length > 1 && (
              <p>
                <Trans>The puumerkki of one of these networks is enough.</Trans>
              </p>
            )}
            <ul>
              {(open ? there : of.networks).map((network) => (
                <li key={network.id}>
                  <Asks of={network} /> <Handling of={network} />
                </li>
              ))}
            </ul>
          </InlineAlert>
        </Block>
      ) : (
        <p>
          <Trans>The authority asks for no network’s puumerkki in this case.</Trans>
        </p>
      )}
      {of.endorsement && (
        <p>
          <Trans>
            The case is based on this puumerkki:{' '}
            <Link to={`endorsements/${of.endorsement.number}`}>{of.endorsement.number}</Link>
          </Trans>
        </p>
      )}
    </Part>
  )
}

function Asks({ of: network }: { of: Asked }) {
  const name = (
    <Link to={`networks/${network.id}`}>
      <Texts of={network.names} />
    </Link>
  )
  if (network.mark_number === null)
    return (
      <Trans>
        The puumerkki of the network {name} is asked for; it is <strong>missing</strong>.
      </Trans>
    )
  const number = <Link to={`endorsements/${network.mark_number}`}>{network.mark_number}</Link>
  const until = formatDay(network.mark_valid_until)
  if (!holds(network))
    return (
      <Trans>
        The puumerkki of the network {name} is asked for; {number} <strong>expired</strong> on {until}.
      </Trans>
    )
  if (network.mark_conditions.length === 0)
    return (
      <Trans>
        The puumerkki of the network {name} is asked for; it is <strong>valid</strong>: {number}, until {until}.
      </Trans>
    )
  return (
    <>
      <Trans>
        The puumerkki of the network {name} is asked for; it is <strong>valid with conditions</strong>: {number}, until{' '}
        {until}.
      </Trans>{' '}
      <Trans>Conditions not yet met:</Trans>
      <ul>
        {network.mark_conditions.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </>
  )
}

/** How the network's own handling stands, where the reader may see it. */
function Handling({ of: network }: { of: Asked }) {
  const { t } = useLingui()
  if (!network.handling_id || !network.handling_state) return null
  return (
    <>
      <Link to={`handlings/${network.handling_id}`}>{t`Handling in the network`}</Link>{' '}
      <StatusTag tone={toneOf(network.handling_state)}>{t(handlingState[network.handling_state])}</StatusTag>
    </>
  )
}
