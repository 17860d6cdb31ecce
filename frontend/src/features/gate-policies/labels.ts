import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'gate_policy.changed': msg`A gate policy was changed`,
    'gate_policy.created': msg`A gate policy was made`,
    'gate_policy.removed': msg`A gate policy was removed`,
  },
  errors: {
    policy_ended: msg`This requirement has ended and cannot begin again. Make a new one.`,
    policy_started: msg`This policy has been in force already: only its reason and its last day can change.`,
  },
  fields: {
    network_advises: msg`This network only advises: it has no mark.`,
    not_an_authority: msg`Only authorities are responsible for a network's theme.`,
    policy_notice_short: msg`The networks need 14 days’ notice. Choose a later day.`,
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
  interface Labelled {
    'gate-policies': typeof labels
  }
}
