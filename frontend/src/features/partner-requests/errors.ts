import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    case_has_person: msg`Somebody in office who is not tied can act in this case, or the case is over. Nobody else is needed.`,
    conditions_open: msg`The puumerkki has conditions that must be met before the authority begins.`,
    gate_closed: msg`The authority requires a network’s puumerkki on this version before it starts. There is none.`,
    groups_unconfirmed: msg`No puumerkki requirement concerns this case. Confirm the target groups and areas.`,
    endorsement_expired: msg`The network’s puumerkki on this version is not valid today.`,
    endorsement_missing: msg`The authority requires a network’s puumerkki on this version before it starts. There is none.`,
    endorsement_not_asked: msg`No puumerkki is required here, or it has already been given.`,
    no_proposal: msg`No decision is proposed in this case now. An officer can propose one.`,
    not_releasable: msg`The application names what the requirement is for. It can be met or waived.`,
    nothing_to_look_at: msg`Nothing has changed that the decision is based on.`,
    nothing_to_undo: msg`Nobody has added, released or waived this requirement.`,
    policy_concerns_already: msg`This puumerkki requirement concerns the case already.`,
    release_undone: msg`A decision-maker has undone the release. A decision-maker can release the requirement again.`,
    requirement_settled: msg`This requirement has been released or waived already.`,
    revocation_unseen: msg`The network is considering revoking the puumerkki. Confirm that you know of it.`,
    two_hats: msg`You led or confirmed this in a network, so another decider must decide it.`,
    view_given: msg`The network has stated its view already.`,
    waiver_unfounded: msg`The networks can answer, and they still have time.`,
  },
  fields: {
    before_the_version: msg`Give a day that is not before the version of the application.`,
    needed_for_no: msg`Fill this in for a negative answer.`,
    not_with_no: msg`Leave this empty for a negative answer.`,
    nothing_to_put_in: msg`Who does not become a partner puts nothing in.`,
    person_unfit: msg`Choose somebody who has no tie and can act in this case.`,
    policy_unknown: msg`The authority has no such requirement in force.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    'partner-requests': typeof errors
  }
}
