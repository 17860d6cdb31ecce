import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'gate_policy.changed': msg`A gate policy was changed`,
    'gate_policy.created': msg`A gate policy was made`,
    'gate_policy.removed': msg`A gate policy was removed`,
  },
  tasks: {
    gate_policy_coming: {
      label: msg`A new puumerkki requirement of an authority names the network`,
      to: () => 'gate-policies?when=all',
    },
  },
  live: {
    gate_policy: ['gate-policies'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    'gate-policies': typeof labels
  }
}
