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
  errors: {
    cannot_disable_self: msg`You cannot close your own account this way.`,
    email_taken: msg`Another account has this address.`,
    link_invalid: msg`The link has been used or has expired.`,
    login_failed: msg`The email address or the password is not right.`,
    no_password: msg`Your account has no password. Ask for the link by mail.`,
    service_account_revoked: msg`This service account has been revoked.`,
    too_many_offers: msg`Too many invitations are open: wait for answers, or withdraw some.`,
    user_disabled: msg`This person's account has been closed.`,
  },
  fields: {
    email_same: msg`This is your address already.`,
    password_is_address: msg`Choose another password than your email address.`,
    password_wrong: msg`This is not the present password.`,
    people_only: msg`Only people do this, not service accounts.`,
    person_unknown: msg`There is no such person.`,
    role_invalid: msg`Nobody can be invited to this role.`,
    scope_kind_invalid: msg`Only organisations invite here; networks do by their members.`,
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
  interface Labelled {
    identity: typeof labels
  }
}
