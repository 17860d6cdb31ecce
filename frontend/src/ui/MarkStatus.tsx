import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../api/client'
import { endorsementStatus } from '../lib/states'
import { toneOf } from '../lib/tones'
import { StatusTag } from './StatusTag'

/** A mark's status; a valid one whose conditions are not met says so. */
export function MarkStatus({ mark }: { mark: Pick<Schemas['EndorsementPublic'], 'status' | 'conditions'> }) {
  const { t } = useLingui()
  if (mark.status === 'valid' && mark.conditions.some((one) => !one.met))
    return <StatusTag tone="warning">{t`Valid, with conditions`}</StatusTag>
  return <StatusTag tone={toneOf(mark.status)}>{t(endorsementStatus[mark.status])}</StatusTag>
}
