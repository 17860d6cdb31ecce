import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    choice_confirmed: msg`Two members have confirmed this choice already.`,
    choice_overrun: msg`The members have chosen somebody else since this meeting, or the person's account is closed. Record what a newer meeting chose, or let the members vote.`,
    meeting_cancelled: msg`This meeting has been cancelled.`,
    meeting_not_begun: msg`This meeting has not begun yet.`,
    meeting_not_held: msg`A decision is recorded of a meeting that this network has held.`,
    not_confirmer: msg`Somebody else must confirm this: not the coordinator's organisation, the recorder or the person chosen.`,
  },
  fields: {
    agenda_full: msg`The agenda is full.`,
    items_differ: msg`Somebody has changed the agenda. Load it again.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    meetings: typeof errors
  }
}
