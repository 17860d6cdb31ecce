import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'service_account.created': msg`A service account was made`,
    'service_account.revoked': msg`A service account was revoked`,
    'service_account.secret_rotated': msg`A service account's secret was replaced`,
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    'service-accounts': typeof labels
  }
}
