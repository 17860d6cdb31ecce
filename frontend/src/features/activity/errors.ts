import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    follows_too_much: msg`You follow as much as can be followed. Stop following something else first.`,
  },
  fields: {
    range_too_long: msg`Choose at most 800 days.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    activity: typeof errors
  }
}
