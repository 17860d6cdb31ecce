import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { query, type Schemas } from '../../../api/client'
import { enumLabels } from '../../../lib/labels'
import { useWrite, withVersion } from '../../../ui/useWrite'

export type Handling = Schemas['HandlingPublic']
export type Ballot = Schemas['BallotPublic']

const REVOKES: Partial<Record<Schemas['Choice'], MessageDescriptor>> = {
  for: msg`Revoke the puumerkki`,
  against: msg`Keep the puumerkki`,
  blank: enumLabels.Choice.blank,
}

/** What can be voted in a ballot, in the words of what it is about. */
export const choicesOf = (ballot: Ballot): Partial<Record<Schemas['Choice'], MessageDescriptor>> =>
  ballot.purpose === 'revoke' ? REVOKES : enumLabels.Choice

export const choiceLabel = (ballot: Ballot, chosen: Schemas['Choice']) =>
  choicesOf(ballot)[chosen] ?? enumLabels.Choice[chosen]

/** The ways to revoke, each with its action. */
export const WAYS = {
  ballot: 'revoke_by_ballot',
  meeting: 'revoke_by_meeting',
  cause: 'revoke_for_cause',
} as const satisfies Record<Schemas['RevocationWay'], Schemas['HandlingAction']>

/** What may change with any step of a handling. */
export const useHandlingWrite = () =>
  useWrite('handlings', 'applications', 'endorsements', 'partner-requests', 'points', 'tasks', 'meetings')

/** Parameters of a step: of which handling, and by which version of it. */
export const step = (handling: Handling) => ({
  params: { path: { handling_id: handling.id }, header: withVersion(handling.version) },
})

/** The same where the version is the ballot's. */
export const ballotStep = (ballot: Ballot) => ({
  params: { path: { handling_id: ballot.handling_id }, header: withVersion(ballot.version) },
})

export const may = (handling: Handling, action: Schemas['HandlingAction']) =>
  handling.available_actions.some((one) => one.action === action && one.allowed)

/** Meetings that the network has held, the latest first. */
export function useHeldMeetings(network: string): Schemas['MeetingPublic'][] {
  const params = { query: { network, state: 'held' as const, limit: 50 } }
  return query.useQuery('get', '/api/v1/meetings', { params }).data?.items ?? []
}
