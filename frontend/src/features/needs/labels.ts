import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'need.agreed': msg`The need was agreed on`,
    'need.answered': msg`An application that answers the need was endorsed`,
    'need.begun': msg`Somebody began to meet the need`,
    'need.changed': msg`The need was changed`,
    'need.deleted': msg`The import that brought the need in was undone`,
    'need.dropped': msg`The need was dropped`,
    'need.met': msg`The need was met`,
    'need.raised': msg`The need was raised`,
    'need.reopened': msg`The need was taken up again`,
  },
  enums: {
    NeedState: {
      raised: msg({ message: 'Raised', context: 'NeedState' }),
      agreed: msg({ message: 'Agreed', context: 'NeedState' }),
      being_met: msg({ message: 'Being met', context: 'NeedState' }),
      met: msg({ message: 'Met', context: 'NeedState' }),
      dropped: msg({ message: 'Dropped', context: 'NeedState' }),
    },
  },
  tasks: {
    need_agreement: { label: msg`Agree on a need`, to: ({ subject }) => `needs/${subject.id}` },
  },
  live: {
    need: ['needs'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    needs: typeof labels
  }
}
