import { msg } from '@lingui/core/macro'
import type { FeatureLabels, Place } from '../../lib/featureLabels'

/** A place on the page of a case, or the form of an action there. */
const request =
  (place: string): Place =>
  ({ subject }) =>
    `partner-requests/${subject.id}${place}`

const labels = {
  events: {
    'partner_request.arrived': msg`The request arrived at the authority`,
    'partner_request.begun': msg`The authority began to prepare`,
    'partner_request.decided': msg`The authority decided on the partnership`,
    'partner_request.groups_confirmed': msg`The officer confirmed the target groups and areas`,
    'partner_request.handed_over': msg`The case was handed over to another person`,
    'partner_request.kept': msg`The authority decided that its decision stays`,
    'partner_request.moved': msg`The request moved to a new version`,
    'partner_request.network_view_given': msg`The network stated its view of the waiver`,
    'partner_request.preparer_named': msg`The authority named who prepares the case or by when it decides`,
    'partner_request.proposal_fell': msg`The proposed decision no longer applied: the case had changed`,
    'partner_request.proposal_handed_back': msg`The proposed decision was handed back`,
    'partner_request.proposed': msg`A decision was proposed`,
    'partner_request.recalled': msg`The request was called back`,
    'partner_request.referred': msg`The authority referred it to the network`,
    'partner_request.reopened': msg`The authority took the case up again`,
    'partner_request.requirement_added': msg`A puumerkki requirement was added to the case`,
    'partner_request.requirement_asks_again': msg`A puumerkki is required again in the case`,
    'partner_request.requirement_released': msg`A puumerkki requirement was released`,
    'partner_request.requirement_undone': msg`A decision on a puumerkki requirement was undone`,
    'partner_request.sent_back': msg`The preparation ended, and the case is waiting again`,
    'partner_request.supplement_answered': msg`The supplement was given`,
    'partner_request.supplement_asked': msg`A supplement was asked for`,
    'partner_request.supplement_closed': msg`The authority continued without the supplement`,
    'partner_request.tie_answered': msg`A question about a tie was answered`,
    'partner_request.tie_lapsed': msg`A question about a tie was not settled in time`,
    'partner_request.tie_questioned': msg`A question about a tie was raised`,
    'partner_request.tie_said': msg`A view was given on a question about a tie`,
    'partner_request.tie_settled': msg`A question about a tie was settled`,
    'partner_request.to_look_at': msg`The authority considers whether the decision stays as it is`,
    'partner_request.waived': msg`The authority waived a required puumerkki`,
    'partner_request.withdrawn': msg`The request was withdrawn`,
    'partner_request.without_person': msg`Everybody in office has a conflict of interest: an administrator was informed`,
  },
  enums: {
    ContributionKind: {
      money: msg({ message: 'Money', context: 'ContributionKind' }),
      working_time: msg({ message: 'Working time', context: 'ContributionKind' }),
      premises: msg({ message: 'Premises', context: 'ContributionKind' }),
      equipment: msg({ message: 'Equipment', context: 'ContributionKind' }),
    },
    PartnerOutcome: {
      statement: msg({ message: 'Statement', context: 'PartnerOutcome' }),
      letter_of_intent: msg({ message: 'Letter of intent', context: 'PartnerOutcome' }),
      commitment: msg({ message: 'Commitment', context: 'PartnerOutcome' }),
      none: msg({ message: 'No partnership', context: 'PartnerOutcome' }),
      not_taken_up: msg({ message: 'Not taken up', context: 'PartnerOutcome' }),
    },
    PartnerRequestState: {
      arrived: msg({ message: 'Arrived', context: 'PartnerRequestState' }),
      referred: msg({ message: 'Referred to the network', context: 'PartnerRequestState' }),
      in_preparation: msg({ message: 'In preparation', context: 'PartnerRequestState' }),
      supplement_asked: msg({ message: 'Supplement asked', context: 'PartnerRequestState' }),
      decided: msg({ message: 'Decided', context: 'PartnerRequestState' }),
      withdrawn: msg({ message: 'Withdrawn', context: 'PartnerRequestState' }),
    },
    /** How a required puumerkki stands today. */
    RequirementStatus: {
      met: msg({ message: 'Given', context: 'RequirementStatus' }),
      carried: msg({ message: 'Expired, carries the decision for now', context: 'RequirementStatus' }),
      conditions_open: msg({ message: 'Conditions not met', context: 'RequirementStatus' }),
      expired: msg({ message: 'Expired', context: 'RequirementStatus' }),
      missing: msg({ message: 'Missing', context: 'RequirementStatus' }),
      waived: msg({ message: 'Waived: without a puumerkki', context: 'RequirementStatus' }),
      released: msg({ message: 'Released', context: 'RequirementStatus' }),
    },
    /** Why a requirement concerns a case. */
    GateCause: {
      named: msg({ message: 'The application names its target group and area.', context: 'GateCause' }),
      wider: msg({ message: 'The application names a wider target group or area.', context: 'GateCause' }),
      missing: msg({ message: 'The application names no target group or area.', context: 'GateCause' }),
      no_longer_fits: msg({
        message: 'The application no longer names what the requirement is for.',
        context: 'GateCause',
      }),
      brought: msg({ message: 'An officer added the requirement.', context: 'GateCause' }),
    },
    /** Why an officer released a requirement. */
    ReleaseGround: {
      wider: msg({ message: 'The target group or area is wider', context: 'ReleaseGround' }),
      missing: msg({ message: 'No target group or area is named', context: 'ReleaseGround' }),
      policy_ended: msg({ message: 'The requirement has ended', context: 'ReleaseGround' }),
      no_longer_fits: msg({ message: 'The requirement no longer concerns the application', context: 'ReleaseGround' }),
      undone: msg({ message: 'A decision-maker undid the addition', context: 'ReleaseGround' }),
    },
    /** Why an authority goes on without a puumerkki. */
    WaiverGround: {
      network_cannot: msg({ message: 'The network cannot decide', context: 'WaiverGround' }),
      network_did_not_answer: msg({ message: 'The network did not answer in time', context: 'WaiverGround' }),
      law: msg({ message: 'The law requires an answer', context: 'WaiverGround' }),
    },
    /** Why a decision is to be looked at. */
    LookAt: {
      revoked: msg({ message: 'The puumerkki has been revoked.', context: 'LookAt' }),
      superseded: msg({ message: 'The puumerkki has been replaced.', context: 'LookAt' }),
      new_version: msg({ message: 'A new version of the application has arrived.', context: 'LookAt' }),
      expired: msg({ message: 'The puumerkki has expired.', context: 'LookAt' }),
      no_longer_asked: msg({ message: 'The application no longer asks the authority.', context: 'LookAt' }),
      application_withdrawn: msg({ message: 'The application has been withdrawn.', context: 'LookAt' }),
      call_added: msg({
        message: 'The application is planned for a funding call for which the authority requires a puumerkki.',
        context: 'LookAt',
      }),
    },
  },
  tasks: {
    case_to_hand_over: {
      label: msg`Name another person: everybody in office has a conflict of interest in a case`,
      to: ({ subject }) => `organisations/${subject.id}/people`,
    },
    partner_request_to_begin: { label: msg`Begin to prepare`, to: request('?action=begin') },
    partner_request_to_decide: { label: msg`Decide on the partnership`, to: request('') },
    partner_request_to_prepare: { label: msg`Prepare the partnership decision`, to: request('') },
    partner_request_to_look_at: { label: msg`Decide whether the decision stays as it is`, to: request('#look-at') },
    proposal_handed_back: { label: msg`See why the proposed decision was handed back`, to: request('#proposal') },
    proposal_to_confirm: {
      label: msg`Decide on the partnership: a decision has been proposed`,
      to: request('#proposal'),
    },
    supplement_to_answer: { label: msg`Answer the authority’s question`, to: request('?action=answer_supplement') },
  },
  live: {
    partner_request: ['partner-requests', 'applications', 'case-handovers', 'tasks'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    'partner-requests': typeof labels
  }
}
