import { msg } from '@lingui/core/macro'
import type { FeatureLabels, Place } from '../../lib/featureLabels'

const meeting: Place = ({ subject }) => `meetings/${subject.id}`

const labels = {
  events: {
    'meeting.cancelled': msg`The meeting was cancelled`,
    'meeting.changed': msg`The meeting was changed`,
    'meeting.choice_recorded': msg`It was recorded whom the meeting chose`,
    'meeting.held': msg`The meeting was held`,
    'meeting.moved': msg`The meeting's time or place was changed`,
    'meeting.planned': msg`A meeting was planned`,
    'meeting.role_chosen': msg`The members chose a chair or secretary`,
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
  interface LabelsByFeature {
    meetings: typeof labels
  }
}
