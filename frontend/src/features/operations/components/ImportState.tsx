import { useLingui } from '@lingui/react/macro'
import type { Schemas } from '../../../api/client'
import type { Tone } from '../../../lib/tones'
import { StatusTag } from '../../../ui/StatusTag'
import { IMPORT_STATES } from './labels'

type State = Schemas['ImportState']

const TONES: Record<State, Tone> = {
  queued: 'info',
  running: 'info',
  tried: 'warning',
  succeeded: 'good',
  refused: 'bad',
  cancelled: 'neutral',
  failed: 'bad',
  undone: 'neutral',
}

export const goesOn = (state: State) => state === 'queued' || state === 'running'

export function ImportState({ of }: { of: Pick<Schemas['ImportDetails'], 'state' | 'cancel_asked'> }) {
  const { t } = useLingui()
  if (of.cancel_asked && goesOn(of.state)) return <StatusTag tone="warning">{t`Being cancelled`}</StatusTag>
  return <StatusTag tone={TONES[of.state]}>{t(IMPORT_STATES[of.state])}</StatusTag>
}
