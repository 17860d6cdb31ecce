import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'key.compromised': msg`A key was declared compromised`,
    'key.revoked': msg`A key was revoked`,
    'key.rotated': msg`A key was replaced`,
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    operations: typeof labels
  }
}
