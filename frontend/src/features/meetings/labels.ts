import { msg } from '@lingui/core/macro'
import type { FeatureLabels, Place } from '../../lib/featureLabels'

const meeting: Place = ({ subject }) => `meetings/${subject.id}`

const labels = {
  events: {
    'meeting.cancelled': msg`The meeting was cancelled`,
    'meeting.changed': msg`The meeting was changed`,
    'meeting.choice_recorded': msg`It was recorded whom the meeting chose`,
    'meeting.held': msg`The meeting was held`,
    'meeting.planned': msg`A meeting was planned`,
    'meeting.role_chosen': msg`The members chose a chair or secretary`,
  },
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
  enums: {
    MeetingKind: {
      meeting: msg({ message: 'Meeting', context: 'MeetingKind' }),
      forum: msg({ message: 'Forum', context: 'MeetingKind' }),
      workshop: msg({ message: 'Workshop', context: 'MeetingKind' }),
    },
    MeetingState: {
      planned: msg({ message: 'Planned', context: 'MeetingState' }),
      held: msg({ message: 'Held', context: 'MeetingState' }),
      cancelled: msg({ message: 'Cancelled', context: 'MeetingState' }),
    },
  },
  tasks: {
    meeting_record: { label: msg`Record what the meeting did`, to: meeting },
    role_choice_to_confirm: { label: msg`Confirm whom the meeting chose`, to: meeting },
  },
  live: {
    meeting: ['meetings'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface Labelled {
    meetings: typeof labels
  }
}
