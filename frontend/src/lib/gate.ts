import type { Schemas } from '../api/client'

type Row = Schemas['RequirementPublic']

const SETTLED: Schemas['RequirementStatus'][] = ['met', 'carried', 'waived', 'released']

/** Whether the authority cannot begin for its sake. */
export const waits = (one: Row) => !SETTLED.includes(one.standing)

/** Whether a case that requires a puumerkki waits for none. */
export const endorsed = (rows: Row[]) => rows.length > 0 && !rows.some(waits)

/** The same in a list, where rows are told by the networks that they name. What was referred and asks none is let off. */
export const endorsedInList = ({ networks, state }: Schemas['PartnerRequestRow']) =>
  (networks.length > 0 || state === 'referred') && byRow(networks).every((row) => row.some((network) => network.opens))

/** The networks that consider revoking what the case requires, with the last day on which they hear the applicant. */
export const revoking = (rows: Row[]) =>
  rows.flatMap((row) => row.networks).filter((network) => network.revocation_heard_until !== null)

/** The networks by the requirement that names them. */
export function byRow(networks: Schemas['EndorsementAsked'][]): Schemas['EndorsementAsked'][][] {
  const rows = new Map<string, Schemas['EndorsementAsked'][]>()
  for (const one of networks) rows.set(one.requirement_id, [...(rows.get(one.requirement_id) ?? []), one])
  return [...rows.values()]
}
