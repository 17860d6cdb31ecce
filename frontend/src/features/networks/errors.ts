import { msg } from '@lingui/core/macro'
import type { FeatureErrors } from '../../lib/featureLabels'

const errors = {
  errors: {
    admission_needs_two: msg`The coordinator has or had a role in the organisation, or added it. A second person confirms the membership.`,
    already_member: msg`The organisation is a member already, or is invited, or has asked.`,
    authorities_not_answered: msg`An authority has not answered yet. The change is possible after its answer or after 30 days.`,
    authorities_not_told: msg`An authority's puumerkki requirement names this network. Announce the change first.`,
    change_announced: msg`This change has been announced already.`,
    day_not_come: msg`This takes effect on its day.`,
    decision_closed: msg`The time for this proposal is over.`,
    decision_made: msg`The members have decided. Only another decision of theirs changes it.`,
    decision_not_made: msg`The network has not decided so.`,
    decision_waiting: msg`You have an open proposal of this kind, or the network has already decided. Propose again later.`,
    draft_exists: msg`The network has a draft of its rulebook already. Change that one.`,
    has_no_vote: msg`The member has no vote.`,
    last_coordinator: msg`The last coordinator of an active network cannot go. Name another first.`,
    meeting_decides: msg`The rulebook leaves the decision to a meeting. If the decisions of two meetings on one version do not take effect, the members vote.`,
    meeting_without_quorum: msg`Too few of the voting members were present.`,
    member_not_active: msg`The organisation is not an active member of the network.`,
    member_not_heard: msg`The member is heard first, for seven days. After that a second person can confirm this.`,
    member_proposal_open: msg`Something is proposed about this member already. Confirm or drop that first.`,
    members_are_told: msg`The network has members. Name a coordinator under Operators' actions.`,
    members_decide: msg`Nobody decides this alone. Make a proposal to the network on its page Decisions.`,
    members_vote: msg`The members vote on this.`,
    named_since_open: msg`An operator named you after the network took up what is open. Change the representatives once that is decided.`,
    network_closed: msg`The network is closed.`,
    no_active_member: msg`The network has no active member.`,
    no_rulebook_in_force: msg`The network has no rulebook in force.`,
    no_second_person: msg`Nobody in the network can be the second person. The members can vote on it instead.`,
    no_vote_here: msg`Nobody votes on this. A second person confirms it, or somebody objects.`,
    nobody_confirms: msg`Nobody can be the second person yet. It takes somebody who speaks for another member, or a chair or secretary whom the members chose.`,
    nobody_votes: msg`No member can vote yet. Members vote once they have accepted the rulebook.`,
    not_advisory: msg`Only an advisory board has seats.`,
    not_decision_elector: msg`The member does not vote on this. It took part later, or has left.`,
    not_second_person: msg`The second person must be of another organisation, without ties, and named or chosen by members before this began.`,
    not_your_proposal: msg`Whoever proposed this can withdraw it. Others vote, or object.`,
    not_yours_to_drop: msg`Whoever proposed this, or a second person, can drop it.`,
    nothing_proposed: msg`Nothing is proposed about this member.`,
    nothing_to_announce: msg`No authority's puumerkki requirement names this network. The change can be made at once.`,
    objection_over: msg`The time for objecting is over, or the organisation joined by itself. It can leave the network.`,
    office_chosen: msg`The members chose who holds this office. They take it by choosing somebody else, or whoever holds it gives it up.`,
    person_unknown: msg`There is nobody with this id.`,
    prefix_fixed: msg`The prefix cannot change once it is given.`,
    prefix_taken: msg`Another network has this prefix.`,
    proposal_answered: msg`Somebody has voted on this or confirmed it. It ends by itself when its days are over.`,
    proposal_overrun: msg`This cannot be done any more. Something has changed since the proposal.`,
    representative_voted: msg`The representative has voted. The representative can change the vote until the ballot closes.`,
    rulebook_fixed: msg`A rulebook version that is or was in force cannot change.`,
    rulebook_not_in_force: msg`This rulebook version is not in force.`,
    rulebook_proposed: msg`The network is deciding on this version. Withdraw the proposal first.`,
    speaks_for_another: msg`You have voted for another member in this ballot. Somebody else who speaks for this member votes, or it does not take part.`,
    takes_part_no_more: msg`The member is leaving the network: it votes on what came before, and does nothing new.`,
    three_owners_needed: msg`A network that gives the puumerkki begins with three members of different administrators. Members that share an administrator or a signatory count as one. Invite more organisations.`,
    tied_in_open_case: msg`You are tied to an applicant whose application the network is deciding on. Another administrator can change this, or you after the decision.`,
    vote_needs_proposal: msg`A member's vote is taken by two persons, after the member was heard.`,
    votes_together: msg`A member that shares an administrator or a signatory with this one has voted for both. That member can change the vote.`,
  },
  fields: {
    before_beginning: msg`This ends before it begins.`,
    before_it_was_there: msg`What was decided on was not there yet on that day.`,
    network_unknown: msg`There is no such network.`,
    never_minor: msg`The purpose, the target groups and the budget are never minor.`,
    not_a_working_group: msg`Only a working group ends on a day.`,
    not_in_organisation: msg`This person has no role in the organisation.`,
    own_deputy: msg`Nobody is their own deputy.`,
    prefix_needed: msg`A network that decides has a prefix for its puumerkki numbers.`,
    way_not_possible: msg`This cannot be decided in this way.`,
  },
} satisfies FeatureErrors

export default errors

declare module '../../lib/featureLabels' {
  interface ErrorsByFeature {
    networks: typeof errors
  }
}
