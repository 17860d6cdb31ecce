import { Trans, useLingui } from '@lingui/react/macro'
import { Block, InlineAlert } from 'suomifi-ui-components'
import type { Schemas } from '../../../api/client'
import { formatDay } from '../../../lib/format'
import { enumLabels } from '../../../lib/labels'

/** Something under the decision has changed: the authority says whether the decision stays. */
export function DecisionReview({ of }: { of: Schemas['PartnerRequestPublic'] }) {
  const { t } = useLingui()
  if (of.to_look_at === null) return null
  return (
    <Block mb="m">
      <InlineAlert status="warning" labelText={t`The authority considers whether the decision stays as it is`}>
        <p>
          {formatDay(of.to_look_at_since)}: {t(enumLabels.LookAt[of.to_look_at])}{' '}
          <Trans>A decision-maker keeps the decision or takes the case up again.</Trans>
        </p>
      </InlineAlert>
    </Block>
  )
}
