import { Trans, useLingui } from '@lingui/react/macro'
import { Block, InlineAlert } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { waits } from '../../../lib/gate'
import { Section } from '../../../ui/Section'
import { Requirement } from './Requirement'
import { Revoking } from './Revoking'

/** The gate: which puumerkki the authority requires before it starts, each with how it stands and what to do next. */
export function Gate({ of }: { of: Schemas['PartnerRequestPublic'] }) {
  const { t } = useLingui()
  const waiting = of.requirements.filter(waits)
  const conditional = of.requirements.some((one) => (one.endorsement?.open_conditions.length ?? 0) > 0)
  return (
    <Section title={t`Required puumerkki`}>
      {of.asks_endorsement && !['decided', 'withdrawn'].includes(of.state) && (
        <Block mb="m">
          <InlineAlert
            status={waiting.length > 0 || conditional ? 'warning' : 'neutral'}
            labelText={
              waiting.length > 0
                ? t`The authority cannot begin before every required puumerkki is there`
                : t`Every requirement is met. The authority may prepare and decide`
            }
          />
        </Block>
      )}
      <Revoking of={of} />
      {of.requirements.length === 0 && (
        <p>
          {of.none_concerns ? (
            <Trans>
              No puumerkki requirement of the authority concerns this case. The officer confirms the target groups and
              areas.
            </Trans>
          ) : (
            <Trans>The authority asks for no network’s puumerkki in this case.</Trans>
          )}
        </p>
      )}
      {of.groups_confirmed_at && (
        <p>
          <Trans>An officer has confirmed that the target groups and areas are right.</Trans>
        </p>
      )}
      {of.requirements.map((one) => (
        <Requirement key={one.id} of={one} request={of} />
      ))}
    </Section>
  )
}
