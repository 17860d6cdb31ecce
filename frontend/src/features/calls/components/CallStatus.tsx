import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { toneOf } from '../../../lib/tones'
import { StatusTag } from '../../../ui/StatusTag'

export const isOpen = (call: Pick<Schemas['CallItem'], 'state' | 'opens_at' | 'closes_at'>, now = Date.now()) =>
  call.state === 'published' && Date.parse(call.opens_at) <= now && now < Date.parse(call.closes_at)

/** Where a call stands: a published one by its time. */
export function CallStatus({ call }: { call: Pick<Schemas['CallItem'], 'state' | 'opens_at' | 'closes_at'> }) {
  const { t } = useLingui()
  if (call.state !== 'published')
    return <StatusTag tone={toneOf(call.state)}>{t(enumLabels.CallState[call.state])}</StatusTag>
  if (isOpen(call)) return <StatusTag tone="good">{t({ message: 'Open', context: 'call' })}</StatusTag>
  if (Date.parse(call.opens_at) > Date.now()) return <StatusTag tone="info">{t`Opens later`}</StatusTag>
  return <StatusTag>{t({ message: 'Closed', context: 'call' })}</StatusTag>
}
