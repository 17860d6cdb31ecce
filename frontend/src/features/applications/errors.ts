import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    amount_out_of_bounds: msg`The amount is not within the call's bounds.`,
    answer_not_open: msg`This organisation cannot answer so now: it was not asked, or has answered already.`,
    application_ended: msg`The application is withdrawn or closed.`,
    application_submitted: msg`The application has been submitted: withdraw it instead.`,
    application_withdrawn: msg`The application is withdrawn.`,
    call_closed: msg`The call is not open.`,
    co_applicants_unanswered: msg`Not all further applicants have accepted. Wait for their answer, or take them out.`,
    filing_not_planned: msg`The filing has been sent and does not change.`,
    filings_open: msg`A filing of this application has not ended.`,
    grant_exceeded: msg`More would be recovered than was granted.`,
    incomplete: msg`Parts that the networks' rules ask for are missing.`,
    legal_form_excluded: msg`The applicant's legal form may not apply to this call.`,
    network_ends: msg`A network that you ask will rest or close, and accepts nothing new. Remove it from the application.`,
    nothing_changed: msg`Nothing has changed since the last version.`,
    nothing_to_release: msg`All further applicants have accepted.`,
    own_version_first: msg`Your organisation has taken the place of another applicant. Submit your own version first. Then you can withdraw or close the application.`,
    partner_required: msg`The call asks for a partner authority, and none is asked.`,
    rules_not_accepted: msg`The applicant has not accepted the rules in force of a network that is asked.`,
    too_many_askings: msg`Too many organisations are asked and have not answered. Wait for their answers, or try again in two days.`,
    version_unknown: msg`The application has no such version.`,
  },
  fields: {
    call_closed: msg`This call is not open.`,
    call_unknown: msg`The funder has no published call like this.`,
    not_waited_for: msg`This day can no longer be set.`,
    is_applicant: msg`The leading applicant is not a further one.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    applications: typeof errors
  }
}
