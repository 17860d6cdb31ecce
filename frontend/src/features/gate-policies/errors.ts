import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    policy_ended: msg`This requirement has ended and cannot begin again. Make a new one.`,
    policy_started: msg`This policy has been in force already: only its reason and its last day can change.`,
  },
  fields: {
    network_advises: msg`This network is advisory: it gives no puumerkki.`,
    not_an_authority: msg`Only authorities are responsible for a network's theme.`,
    policy_notice_short: msg`The networks need 14 days’ notice. Choose a later day.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    'gate-policies': typeof errors
  }
}
