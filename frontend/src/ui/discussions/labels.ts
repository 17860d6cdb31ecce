import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'attachment.added': msg`A file was attached`,
    'attachment.removed': msg`A file was removed`,
    'comment.added': msg`A comment was written`,
    'comment.changed': msg`A comment was changed`,
    'comment.mentioned': msg`Mention in a comment`,
    'comment.removed': msg`A comment was removed`,
    'point.answered': msg`A point to mend was answered`,
    'point.raised': msg`A point to mend was raised`,
    'point.settled': msg`A point to mend was settled`,
  },
  enums: {
    /** `applicants` is what all parties of a case read: applicants, their networks and authorities; those of an agreement. */
    Audience: {
      applicants: msg({ message: 'All parties of the case', context: 'Audience' }),
      network: msg({ message: 'Only the network', context: 'Audience' }),
      authority: msg({ message: 'Only the authority', context: 'Audience' }),
    },
    PointState: {
      open: msg({ message: 'Open', context: 'PointState' }),
      answered: msg({ message: 'Answered', context: 'PointState' }),
      settled: msg({ message: 'Settled', context: 'PointState' }),
    },
  },
  live: {
    comment: ['comments'],
    point: ['points', 'comments', 'tasks'],
    attachment: ['attachments'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    discussions: typeof labels
  }
}
