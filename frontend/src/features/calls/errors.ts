import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
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
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    calls: typeof errors
  }
}
