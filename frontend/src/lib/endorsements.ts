import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../api/client'
import { formatDay } from './format'

type Endorsement = Schemas['EndorsementPublic']

/** Whether it holds, but depends on what is still to be met. */
export const conditional = ({ status, conditions }: Pick<Endorsement, 'status' | 'conditions'>) =>
  status === 'valid' && conditions.some((one) => !one.met)

/** Its last day, in words; one that was revoked or superseded has none to go by. */
export const lastDay = ({ status, valid_until }: Pick<Endorsement, 'status' | 'valid_until'>) =>
  status === 'valid' || status === 'expired' ? formatDay(valid_until) : ''

const CODES: Record<string, MessageDescriptor> = {
  application_withdrawn: msg({ message: 'The application has been withdrawn.', context: 'LookAt' }),
  network_not_named: msg`The application is no longer submitted to the network.`,
}

/** Why it ended: what somebody wrote, or what the service notes by a code. */
export const endedReason = (t: (said: MessageDescriptor) => string, reason: string | null) =>
  reason && CODES[reason] ? t(CODES[reason]) : reason
