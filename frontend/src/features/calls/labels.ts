import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'call.cancelled': msg`The call was cancelled`,
    'call.changed': msg`The call was changed`,
    'call.created': msg`A call was drafted`,
    'call.published': msg`The call was published`,
  },
  errors: {
    call_cancelled: msg`The call is cancelled.`,
    call_cannot_close_earlier: msg`A published call may close later, not earlier.`,
    call_over: msg`The call closes in the past.`,
    call_published: msg`The call is published: only its texts and a later closing can still change.`,
  },
  fields: {
    before_opening: msg`A call closes after it opens.`,
    below_minimum: msg`The largest amount cannot be below the smallest.`,
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
  interface Labelled {
    calls: typeof labels
  }
}
