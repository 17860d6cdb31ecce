import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'call.cancelled': msg`The call was cancelled`,
    'call.changed': msg`The call was changed`,
    'call.closing_moved': msg`The call closes later`,
    'call.created': msg`A call was drafted`,
    'call.deleted': msg`The import that brought the call in was undone`,
    'call.published': msg`The call was published`,
  },
  enums: {
    CallState: {
      draft: msg({ message: 'Draft', context: 'CallState' }),
      published: msg({ message: 'Published', context: 'CallState' }),
      cancelled: msg({ message: 'Cancelled', context: 'CallState' }),
    },
  },
  live: {
    call: ['calls'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    calls: typeof labels
  }
}
