import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    agreement_closed: msg`The agreement has ended.`,
    agreement_incomplete: msg`The purpose, the first and the last day and two parties are needed first.`,
    already_signed: msg`The party has signed this version.`,
    contacts_outdated: msg`Name a contact person who is still there first.`,
    duty_too_early: msg`It is too early for this.`,
    names_predecessor: msg`This version names the archived organisation in whose place you act. Propose a new version.`,
    newer_version: msg`A newer version has been proposed. Read it first.`,
    nothing_to_confirm: msg`Nothing that another party recorded waits for your answer.`,
    nothing_to_sign: msg`No version waits for your signature.`,
    nothing_to_withdraw: msg`No amendment waits for signatures.`,
    parties_fixed: msg`The parties stay as they are once the agreement has been proposed.`,
    period_ended: msg`The period has ended. Propose it again with a later last day, or record what was signed on paper.`,
    recorded_by_you: msg`You recorded it, so somebody else who signs or prepares for the other party confirms it.`,
    renewal_exists: msg`Another agreement goes on from this one already.`,
    template_name_taken: msg`The organisation has a template of this name: choose another.`,
    too_many_templates: msg`The organisation has as many templates as it can keep: take one away first.`,
  },
  fields: {
    application_unknown: msg`There is no such application.`,
    day_in_future: msg`This day has not come yet.`,
    day_outside: msg`The last day lies between today and the end of the agreement.`,
    ends_before_start: msg`This ends before it begins.`,
    is_drafter: msg`The organisation that drafts the agreement is a party already.`,
    notice_too_short: msg`The last day is before the agreed time of notice is over.`,
    period_too_long: msg`It lasts 50 years at most.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    agreements: typeof errors
  }
}
