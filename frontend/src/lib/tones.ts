import type { Schemas } from '../api/client'

/** The colour of a state; the word beside it says the same. */
export type Tone = 'neutral' | 'info' | 'good' | 'warning' | 'bad'

/** What is shown with a colour: a new state of any of these has to be given one here. */
type State = Schemas[
  | 'AgreementState'
  | 'ApplicationState'
  | 'BallotState'
  | 'CallState'
  | 'DecisionState'
  | 'EndorsementStatus'
  | 'FilingState'
  | 'HandlingState'
  | 'MeetingState'
  | 'MemberState'
  | 'NeedState'
  | 'NetworkState'
  | 'PartnerRequestState'
  | 'PointState'
  | 'ReportState'
  | 'RevocationState'
  | 'RulebookState'
  | 'VersionStatus']

const TONES: Record<State, Tone> = {
  annulled: 'neutral',
  answered: 'neutral',
  cancelled: 'neutral',
  closed: 'neutral',
  dormant: 'neutral',
  draft: 'neutral',
  dropped: 'neutral',
  ended: 'neutral',
  filed: 'neutral',
  held: 'neutral',
  invited: 'neutral',
  lapsed: 'neutral',
  left: 'neutral',
  plan_changed: 'neutral',
  planned: 'neutral',
  raised: 'neutral',
  rejected: 'neutral',
  removed: 'neutral',
  renewed: 'neutral',
  replaced: 'neutral',
  reported: 'neutral',
  requested: 'neutral',
  settled: 'neutral',
  withdrawn: 'neutral',
  agreed: 'info',
  arrived: 'info',
  being_met: 'info',
  forming: 'info',
  in_preparation: 'info',
  in_review: 'info',
  received: 'info',
  signed: 'info',
  submitted: 'info',
  accepted: 'good',
  active: 'good',
  adopted: 'good',
  decided: 'good',
  done: 'good',
  endorsed: 'good',
  granted: 'good',
  in_force: 'good',
  met: 'good',
  published: 'good',
  stated: 'good',
  valid: 'good',
  expiring: 'warning',
  in_ballot: 'warning',
  leaving: 'warning',
  open: 'warning',
  proposed: 'warning',
  recorded: 'warning',
  referred: 'warning',
  returned: 'warning',
  superseded: 'warning',
  supplement_asked: 'warning',
  carried: 'bad',
  declined: 'bad',
  disputed: 'bad',
  expired: 'bad',
  refused: 'bad',
  revoked: 'bad',
  terminated: 'bad',
}

export const toneOf = (state: State): Tone => TONES[state]
