/** The colour of a state; the word beside it says the same. */
export type Tone = 'neutral' | 'info' | 'good' | 'warning' | 'bad'

const TONES: Record<string, Tone> = {
  draft: 'neutral',
  proposed: 'warning',
  forming: 'info',
  active: 'good',
  dormant: 'neutral',
  received: 'info',
  arrived: 'info',
  in_review: 'info',
  in_preparation: 'info',
  in_ballot: 'warning',
  open: 'warning',
  returned: 'warning',
  supplement_asked: 'warning',
  referred: 'warning',
  endorsed: 'good',
  valid: 'good',
  decided: 'good',
  granted: 'good',
  stated: 'good',
  met: 'good',
  agreed: 'info',
  being_met: 'info',
  published: 'good',
  in_force: 'good',
  expiring: 'warning',
  declined: 'bad',
  refused: 'bad',
  terminated: 'bad',
  revoked: 'bad',
  expired: 'bad',
  superseded: 'warning',
}

export const toneOf = (state: string): Tone => TONES[state] ?? 'neutral'
