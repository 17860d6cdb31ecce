import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../api/client'
import { enumLabels } from '../lib/labels'
import { toneOf } from '../lib/tones'
import { StatusTag } from './StatusTag'

/** Where an authority's case stands; `endorsed`: the puumerkki that it asked for is there, so it waits for none. */
export function CaseStatus({
  state,
  outcome,
  endorsed,
}: {
  state: Schemas['PartnerRequestState']
  outcome?: Schemas['PartnerOutcome'] | null
  endorsed: boolean
}) {
  const { t } = useLingui()
  if ((state === 'referred' || state === 'arrived') && endorsed)
    return <StatusTag tone="info">{t`Preparation can begin`}</StatusTag>
  return (
    <StatusTag tone={toneOf(state)}>
      {t(enumLabels.PartnerRequestState[state])}
      {outcome && `: ${t(enumLabels.PartnerOutcome[outcome])}`}
    </StatusTag>
  )
}
