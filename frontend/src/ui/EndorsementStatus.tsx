import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../api/client'
import { conditional } from '../lib/endorsements'
import { formatDay } from '../lib/format'
import { enumLabels } from '../lib/labels'
import { toneOf } from '../lib/tones'
import { StatusTag } from './StatusTag'

type Mark = Schemas['EndorsementPublic']

/** A mark's status; a valid one says whether its conditions are met, and whether the network is reviewing it. */
export function EndorsementStatus({
  mark,
}: {
  mark: Pick<Mark, 'status' | 'conditions'> & Partial<Pick<Mark, 'review'>>
}) {
  const { t } = useLingui()
  if (mark.status !== 'valid')
    return <StatusTag tone={toneOf(mark.status)}>{t(enumLabels.EndorsementStatus[mark.status])}</StatusTag>
  return (
    <>
      {conditional(mark) ? (
        <StatusTag tone="warning">{t`Valid, with conditions`}</StatusTag>
      ) : (
        <StatusTag tone="good">{t(enumLabels.EndorsementStatus.valid)}</StatusTag>
      )}
      {mark.review && (
        <>
          {' '}
          <StatusTag tone="warning">{t`Being reviewed by the network`}</StatusTag>
        </>
      )}
    </>
  )
}

/** Until when a mark holds or held, or when it lost its worth. */
export function useMarkTime() {
  const { t } = useLingui()
  return ({ status, valid_until, ended_at }: Pick<Mark, 'status' | 'valid_until' | 'ended_at'>) => {
    if (status === 'revoked') return t`revoked ${formatDay(ended_at)}`
    if (status === 'superseded') return t`superseded ${formatDay(ended_at)}`
    const until = formatDay(valid_until)
    return status === 'expired' ? t`was valid until ${until}` : t`valid until ${until}`
  }
}
