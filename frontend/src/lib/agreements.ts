import type { Schemas } from '../api/client'
import { today } from './today'

/** What its state and its first day say of an agreement as all have signed it. */
export type Signed = { state: Schemas['AgreementState']; starts_on: string | null }

const RUNS: Record<Schemas['AgreementState'], boolean> = {
  draft: false,
  recorded: false,
  disputed: false,
  proposed: false,
  signed: true,
  in_force: true,
  expiring: true,
  ended: false,
  renewed: false,
  terminated: false,
  cancelled: false,
}

/** Whether all parties have signed it and it has not ended; it may still be to begin. */
export const runs = ({ state }: Pick<Signed, 'state'>) => RUNS[state]

/** Whether all parties have signed it, but its first day is still to come: nobody may call it in force yet. */
export const toBegin = (of: Signed) => of.state === 'signed' && of.starts_on !== null && of.starts_on > today()
