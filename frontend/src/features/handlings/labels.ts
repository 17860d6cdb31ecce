import { msg } from '@lingui/core/macro'
import type { FeatureLabels, Place } from '../../lib/featureLabels'

/** A place on the page of a handling, or the form of an action there. */
const handling =
  (place: string): Place =>
  ({ subject }) =>
    `handlings/${subject.id}${place}`
const tied: Place = ({ subject }) =>
  `${subject.kind === 'handling' ? 'handlings' : 'partner-requests'}/${subject.id}#ties`

const labels = {
  events: {
    'ballot.annulled': msg`The ballot was annulled`,
    'ballot.annulment_dropped': msg`The ballot was not annulled`,
    'ballot.annulment_proposed': msg`Annulling the ballot was proposed`,
    'ballot.closed': msg`The ballot was closed and counted`,
    'ballot.condition_answered': msg`A proposed condition was answered`,
    'ballot.member_gone': msg`A member left during the ballot`,
    'ballot.member_recused': msg`A member stood aside`,
    'ballot.opened': msg`A ballot was opened`,
    'ballot.recorded_votes_settled': msg`It was said whether the recorded votes count`,
    'ballot.recounted': msg`The votes were counted again: the outcome is another one`,
    'ballot.recusal_withdrawn': msg`A member takes part in the ballot again`,
    'ballot.vote_removed': msg`A member's vote was removed`,
    'handling.agreement_denied': msg`A member says that it did not agree on the statement`,
    'handling.asked_again': msg`The network was asked again about the same version`,
    'handling.ballot_asked': msg`The applicant asked for a ballot`,
    'handling.claim_agreed': msg`A member agreed that its condition is met`,
    'handling.claim_fell': msg`Conditions that were called met stay open`,
    'handling.claim_objected': msg`A member objected: its condition is not met`,
    'handling.conditions_claimed': msg`Conditions were called met`,
    'handling.conditions_confirmed': msg`Conditions were found to be met`,
    'handling.decision_confirmed': msg`A recorded decision was confirmed`,
    'handling.decision_denied': msg`A member disputed a meeting's decision`,
    'handling.decision_fell': msg`A meeting's decision did not take effect`,
    'handling.decision_recorded': msg`A meeting's decision was recorded`,
    'handling.decision_supported': msg`A member confirmed a meeting's decision`,
    'handling.declined': msg`The network declined`,
    'handling.endorsed': msg`The network endorsed`,
    'handling.lapsed': msg`The handling lapsed`,
    'handling.lead_chosen': msg`Two representatives chose who leads`,
    'handling.moved': msg`The handling moved to a new version`,
    'handling.prolongation_dropped': msg`The puumerkki was not extended`,
    'handling.prolongation_proposed': msg`Extending the puumerkki was proposed`,
    'handling.reading_recorded': msg`A reading was recorded`,
    'handling.received': msg`The network received the application`,
    'handling.returned': msg`It was returned with points to mend`,
    'handling.review_begun': msg`The network began its review`,
    'handling.review_reopened': msg`The review was reopened`,
    'handling.statement_given': msg`The network gave its statement`,
    'handling.tie_answered': msg`A question about a tie was answered`,
    'handling.tie_lapsed': msg`A question about a tie was not settled in time`,
    'handling.tie_questioned': msg`A question about a tie was raised`,
    'handling.tie_said': msg`A view was given on a question about a tie`,
    'handling.tie_settled': msg`A question about a tie was settled`,
    'handling.version_left_out': msg`A new version changes only minor parts: the network's answer is the same`,
    'handling.version_waits': msg`A new version waits`,
    'handling.view_stated': msg`The applicant gave its view`,
    'handling.withdrawn': msg`The handling ended: the application was withdrawn`,
    'vote.cast': msg`A member voted`,
    'vote.recorded': msg`A member's vote was recorded`,
    'vote.standing_stated': msg`A member said whether its vote counts without its condition`,
  },
  enums: {
    Choice: {
      for: msg({ message: 'For', context: 'Choice' }),
      for_with_conditions: msg({ message: 'For, with conditions', context: 'Choice' }),
      against: msg({ message: 'Against', context: 'Choice' }),
      blank: msg({ message: 'Blank', context: 'Choice' }),
    },
    /** By when a condition is met, beside the condition itself. */
    MetWhen: {
      before: msg`before the authority begins`,
      later: msg`later`,
    },
    BallotFault: {
      version: msg`wrong version`,
      electorate: msg`wrong electorate`,
      tie: msg`a tie was found late`,
    },
    GivenHow: {
      telephone: msg`by telephone`,
      mail: msg`by mail`,
      in_person: msg`in person`,
    },
    RevocationWay: {
      ballot: msg`The members vote`,
      meeting: msg`A meeting has decided`,
      cause: msg`Two persons, for cause`,
    },
    RevocationCause: {
      false_facts: msg`The application's facts were false`,
      applicant_asks: msg`The applicant asks for it`,
    },
    AgreedHow: {
      meeting: msg`In a meeting`,
      in_writing: msg`In writing`,
    },
    LapseReason: {
      call_over: msg`The handling ended because every call that the application could serve has closed.`,
      network_closed: msg`The handling ended because the network rests or is closed. The applicant can ask another network.`,
      not_a_member: msg`The handling ended because no applicant is a member of the network any more.`,
    },
    Outcome: {
      passed: msg({ message: 'Passed', context: 'Outcome' }),
      failed: msg({ message: 'Failed', context: 'Outcome' }),
      no_quorum: msg({ message: 'No quorum', context: 'Outcome' }),
      objection: msg({ message: 'Objection', context: 'Outcome' }),
      meeting_decides: msg({ message: 'Meeting decides', context: 'Outcome' }),
    },
    BallotState: {
      open: msg({ message: 'Open', context: 'BallotState' }),
      closed: msg({ message: 'Closed', context: 'BallotState' }),
      annulled: msg({ message: 'Annulled', context: 'BallotState' }),
    },
    RevocationState: {
      open: msg({ message: 'Under review', context: 'RevocationState' }),
      carried: msg({ message: 'Revoked', context: 'RevocationState' }),
      dropped: msg({ message: 'Not revoked', context: 'RevocationState' }),
    },
    HandlingState: {
      received: msg({ message: 'Received', context: 'HandlingState' }),
      in_review: msg({ message: 'In review', context: 'HandlingState' }),
      returned: msg({ message: 'Returned', context: 'HandlingState' }),
      in_ballot: msg({ message: 'In ballot', context: 'HandlingState' }),
      endorsed: msg({ message: 'Endorsed', context: 'HandlingState' }),
      declined: msg({ message: 'Declined', context: 'HandlingState' }),
      stated: msg({ message: 'Statement given', context: 'HandlingState' }),
      lapsed: msg({ message: 'Lapsed', context: 'HandlingState' }),
      withdrawn: msg({ message: 'Withdrawn', context: 'HandlingState' }),
    },
  },
  tasks: {
    annulment_to_confirm: {
      label: msg`Second person: annulling a ballot has been proposed`,
      to: handling(''),
    },
    ballot_to_conclude: { label: msg`Conclude by the ballot`, to: handling('#ballot') },
    ballot_to_open: { label: msg`Open the ballot that the applicant asked for`, to: handling('?action=open_ballot') },
    claim_to_answer: { label: msg`Say whether your condition is met`, to: handling('#claim') },
    claim_to_settle: {
      label: msg`Second person: say whether conditions are met`,
      to: handling('?action=settle_claim'),
    },
    conditions_to_check: {
      label: msg`Check whether the conditions are met: a new version has arrived`,
      to: handling('?action=confirm_conditions'),
    },
    decision_to_answer: { label: msg`Say whether the meeting decided so`, to: handling('#decisions') },
    decision_to_confirm: { label: msg`Confirm a recorded decision`, to: handling('') },
    handling_to_decide: { label: msg`Bring the review to a decision`, to: handling('?action=decide') },
    handling_to_mend: { label: msg`Mend what the network asked for`, to: handling('?action=complete') },
    handling_to_review: { label: msg`Take up for review`, to: handling('?action=begin_review') },
    lead_to_choose: {
      label: msg`Choose who leads: everybody in office has a conflict of interest`,
      to: handling('#ties'),
    },
    prolongation_to_confirm: {
      label: msg`Confirm, as the second person, that the puumerkki is extended`,
      to: handling(''),
    },
    recorded_votes_to_confirm: {
      label: msg`Second person: were the recorded votes given so?`,
      to: handling(''),
    },
    revocation_to_confirm: {
      label: msg`Second person: the puumerkki may be revoked`,
      to: handling(''),
    },
    revocation_to_vote: { label: msg`Vote on revoking the puumerkki`, to: handling('#ballot') },
    standing_to_state: {
      label: msg`Your condition was left out: say whether your vote still counts`,
      to: handling('#ballot'),
    },
    tie_to_answer: { label: msg`Answer what is said about a tie of yours`, to: tied },
    tie_to_settle: { label: msg`Second person: settle whether somebody has a tie`, to: tied },
    view_to_state: {
      label: msg`Give your view: the network is considering revoking the puumerkki`,
      to: handling('?action=state_view'),
    },
    vote_to_cast: { label: msg`Vote`, to: handling('#ballot') },
  },
  live: {
    handling: ['handlings', 'applications', 'partner-requests', 'tasks'],
    ballot: ['handlings', 'tasks'],
  },
} satisfies FeatureLabels

export default labels

declare module '../../lib/featureLabels' {
  interface LabelsByFeature {
    handlings: typeof labels
  }
}
