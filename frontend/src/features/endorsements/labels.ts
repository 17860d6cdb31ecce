import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'endorsement.expired': msg`The puumerkki expired`,
    'endorsement.expiring': msg`The puumerkki expires within 30 days`,
    'endorsement.issued': msg`The puumerkki was given`,
    'endorsement.prolonged': msg`The validity of the puumerkki was extended`,
    'endorsement.revocation_dropped': msg`The puumerkki was not revoked`,
    'endorsement.revocation_proposed': msg`The network began to consider revoking the puumerkki`,
    'endorsement.revoked': msg`The puumerkki was taken back`,
    'endorsement.superseded': msg`A new version replaced what carried the puumerkki`,
  },
  enums: {
    EndorsementStatus: {
      valid: msg({ message: 'Valid', context: 'EndorsementStatus' }),
      superseded: msg({ message: 'Superseded', context: 'EndorsementStatus' }),
      revoked: msg({ message: 'Revoked', context: 'EndorsementStatus' }),
      expired: msg({ message: 'Expired', context: 'EndorsementStatus' }),
    },
    VerdictStatus: {
      valid: msg({ message: 'Valid', context: 'VerdictStatus' }),
      superseded: msg({ message: 'Superseded', context: 'VerdictStatus' }),
      revoked: msg({ message: 'Revoked', context: 'VerdictStatus' }),
      expired: msg({ message: 'Expired', context: 'VerdictStatus' }),
      unknown: msg({ message: 'Unknown', context: 'VerdictStatus' }),
    },
  },
  tasks: {
    endorsement_ending: {
      label: msg`The puumerkki expires soon: extend it once if needed`,
      to: ({ subject }) => `handlings/${subject.id}?action=prolong`,
    },
  },
  live: {
    endorsement: ['endorsements', 'applications', 'handlings', 'partner-requests'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    endorsements: typeof labels
  }
}
