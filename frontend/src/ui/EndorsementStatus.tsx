import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../api/client'
import { conditional } from '../lib/endorsements'
import { formatDay } from '../lib/format'
import { enumLabels } from '../lib/labels'
import { toneOf } from '../lib/tones'
import { StatusTag } from './StatusTag'

type Endorsement = Schemas['EndorsementPublic']

/** An endorsement's status; a valid one says whether its conditions are met, and whether the network is reviewing it. */
export function EndorsementStatus({
  endorsement,
}: {
  endorsement: Pick<Endorsement, 'status' | 'conditions'> & Partial<Pick<Endorsement, 'review'>>
}) {
  const { t } = useLingui()
  if (endorsement.status !== 'valid')
    return (
      <StatusTag tone={toneOf(endorsement.status)}>{t(enumLabels.EndorsementStatus[endorsement.status])}</StatusTag>
    )
  return (
    <>
      {conditional(endorsement) ? (
        <StatusTag tone="warning">{t`Valid, with conditions`}</StatusTag>
      ) : (
        <StatusTag tone="good">{t(enumLabels.EndorsementStatus.valid)}</StatusTag>
      )}
      {endorsement.review && (
        <>
          {' '}
          <StatusTag tone="warning">{t`Being reviewed by the network`}</StatusTag>
        </>
      )}
    </>
  )
}

/** Until when an endorsement holds or held, or when it lost its worth. */
export function useEndorsementTime() {
  const { t } = useLingui()
  return ({ status, valid_until, ended_at }: Pick<Endorsement, 'status' | 'valid_until' | 'ended_at'>) => {
    if (status === 'revoked') return t`revoked ${formatDay(ended_at)}`
    if (status === 'superseded') return t`superseded ${formatDay(ended_at)}`
    const until = formatDay(valid_until)
    return status === 'expired' ? t`was valid until ${until}` : t`valid until ${until}`
  }
}
