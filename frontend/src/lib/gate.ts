import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Schemas } from '../api/client'

type Words<Value extends string> = Record<Value, MessageDescriptor>
type Row = Schemas['RequirementPublic']

/** How a required puumerkki stands today. */
export const standing: Words<Schemas['Standing']> = {
  met: msg({ message: 'Given', context: 'Standing' }),
  carried: msg({ message: 'Expired, carries the decision for now', context: 'Standing' }),
  conditions_open: msg({ message: 'Conditions not met', context: 'Standing' }),
  expired: msg({ message: 'Expired', context: 'Standing' }),
  missing: msg({ message: 'Missing', context: 'Standing' }),
  waived: msg({ message: 'Waived: without a puumerkki', context: 'Standing' }),
  released: msg({ message: 'Released', context: 'Standing' }),
}

/** Why a requirement concerns a case. */
export const gateCause: Words<Schemas['GateCause']> = {
  named: msg({ message: 'The application names its target group and area.', context: 'GateCause' }),
  wider: msg({ message: 'The application names a wider target group or area.', context: 'GateCause' }),
  missing: msg({ message: 'The application names no target group or area.', context: 'GateCause' }),
  no_longer_fits: msg({
    message: 'The application no longer names what the requirement is for.',
    context: 'GateCause',
  }),
  brought: msg({ message: 'An officer added the requirement.', context: 'GateCause' }),
}

/** Why an officer released a requirement. */
export const releaseGround: Words<Schemas['ReleaseGround']> = {
  wider: msg({ message: 'The target group or area is wider', context: 'ReleaseGround' }),
  missing: msg({ message: 'No target group or area is named', context: 'ReleaseGround' }),
  policy_ended: msg({ message: 'The requirement has ended', context: 'ReleaseGround' }),
  no_longer_fits: msg({ message: 'The requirement no longer concerns the application', context: 'ReleaseGround' }),
  undone: msg({ message: 'A decision-maker undid the addition', context: 'ReleaseGround' }),
}

/** Why an authority goes on without a puumerkki. */
export const waiverGround: Words<Schemas['WaiverGround']> = {
  network_cannot: msg({ message: 'The network cannot decide', context: 'WaiverGround' }),
  network_did_not_answer: msg({ message: 'The network did not answer in time', context: 'WaiverGround' }),
  law: msg({ message: 'The law requires an answer', context: 'WaiverGround' }),
}

/** Why a decision is to be looked at. */
export const lookAt: Words<Schemas['LookAt']> = {
  revoked: msg({ message: 'The puumerkki has been revoked.', context: 'LookAt' }),
  superseded: msg({ message: 'The puumerkki has been replaced.', context: 'LookAt' }),
  new_version: msg({ message: 'A new version of the application has arrived.', context: 'LookAt' }),
  expired: msg({ message: 'The puumerkki has expired.', context: 'LookAt' }),
  no_longer_asked: msg({ message: 'The application no longer asks the authority.', context: 'LookAt' }),
  application_withdrawn: msg({ message: 'The application has been withdrawn.', context: 'LookAt' }),
  call_added: msg({
    message: 'The application is planned for a funding call for which the authority requires a puumerkki.',
    context: 'LookAt',
  }),
}

const SETTLED: Schemas['Standing'][] = ['met', 'carried', 'waived', 'released']

/** Whether the authority cannot begin for its sake. */
export const waits = (one: Row) => !SETTLED.includes(one.standing)

/** Whether a case that requires a puumerkki waits for none. */
export const marked = (rows: Row[]) => rows.length > 0 && !rows.some(waits)

/** The same in a list, where rows are told by the networks that they name. */
export const markedInList = (networks: Schemas['MarkAsked'][]) =>
  networks.length > 0 && byRow(networks).every((row) => row.some((network) => network.opens))

/** The networks by the requirement that names them. */
export function byRow(networks: Schemas['MarkAsked'][]): Schemas['MarkAsked'][][] {
  const rows = new Map<string, Schemas['MarkAsked'][]>()
  for (const one of networks) rows.set(one.requirement_id, [...(rows.get(one.requirement_id) ?? []), one])
  return [...rows.values()]
}
