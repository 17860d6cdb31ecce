import { msg } from '@lingui/core/macro'
import type { FeatureLabels } from '../../lib/featureLabels'

const labels = {
  events: {
    'role.granted': msg`A role was given`,
    'role.offer_ended': msg`An offer of a role was declined or withdrawn`,
    'role.offered': msg`A role was offered`,
    'role.revoked': msg`A role was taken back`,
    'session.reuse_detected': msg`A session was ended, since its key was used twice`,
    'user.changed': msg`An account was changed`,
    'user.created': msg`An account was made`,
    'user.disabled': msg`An account was closed`,
    'user.erased': msg`An account was erased`,
    'user.reopened': msg`A closed account was opened again`,
  },
  enums: {
    AffiliationKind: {
      board_member: msg({ message: 'Board member', context: 'AffiliationKind' }),
      employee: msg({ message: 'Employee', context: 'AffiliationKind' }),
      close_family: msg({ message: 'Close family', context: 'AffiliationKind' }),
    },
    Role: {
      viewer: msg({ message: 'Viewer', context: 'Role' }),
      editor: msg({ message: 'Editor', context: 'Role' }),
      owner: msg({ message: 'Owner', context: 'Role' }),
      signatory: msg({ message: 'Signatory', context: 'Role' }),
      officer: msg({ message: 'Officer', context: 'Role' }),
      decider: msg({ message: 'Decider', context: 'Role' }),
      registry: msg({ message: 'Registry', context: 'Role' }),
      representative: msg({ message: 'Representative', context: 'Role' }),
      deputy: msg({ message: 'Deputy', context: 'Role' }),
      coordinator: msg({ message: 'Coordinator', context: 'Role' }),
      chair: msg({ message: 'Chair', context: 'Role' }),
      secretary: msg({ message: 'Secretary', context: 'Role' }),
      observer: msg({ message: 'Observer', context: 'Role' }),
      operator: msg({ message: 'Operator', context: 'Role' }),
      inspector: msg({ message: 'Inspector', context: 'Role' }),
    },
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    identity: typeof labels
  }
}
