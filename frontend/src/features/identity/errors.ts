import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    cannot_disable_self: msg`You cannot close your own account this way.`,
    email_taken: msg`Another account has this address.`,
    link_invalid: msg`The link has been used or has expired.`,
    login_failed: msg`The email address or the password is not right.`,
    no_password: msg`Your account has no password. Ask for the link by mail.`,
    offer_mailed_lately: msg`The invitation was sent less than an hour ago. Send it again later.`,
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
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    identity: typeof errors
  }
}
