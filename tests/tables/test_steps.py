"""The decision table of steps, as docs/who-may-what.md has it: every cell is tried through the API.

A case is mostly a test of the rule that stands with its subject and runs there; here it is named for the cell that it
tries. What runs nowhere else runs here.
"""

from functools import partial

import pytest

from puumerkki.applications.models.recipients import PartnerRequestState as S
from tests.applications import test_co_applicants as together
from tests.disqualification import test_named_by_operators as named
from tests.disqualification import test_take_no_part as no_part
from tests.disqualification import test_ties_table as ties
from tests.disqualification import test_who_acts as acts
from tests.endorsements import test_conditions_met as met
from tests.endorsements import test_endorsements_that_move as moving
from tests.endorsements import test_left_applicant as left
from tests.factories import World
from tests.handlings import test_annulments as annulments
from tests.handlings import test_ballot_days as days
from tests.handlings import test_ballots as ballots
from tests.handlings import test_conditional_votes as conditional
from tests.handlings import test_count_on_record as record
from tests.handlings import test_electorates as electorates
from tests.handlings import test_handlings as handlings
from tests.handlings import test_leading as leading
from tests.handlings import test_meeting_words as words
from tests.handlings import test_network_ends as ends
from tests.handlings import test_network_powers as powers
from tests.handlings import test_recorded_votes as recorded
from tests.handlings import test_representatives as representatives
from tests.handlings import test_revocations as revocations
from tests.handlings import test_rulebook_of_arrival as arrival
from tests.handlings import test_silence as silence
from tests.handlings import test_sizes as sizes
from tests.handlings import test_two_members as two
from tests.handlings import test_votes_that_count as counting
from tests.networks import test_changes as changes
from tests.networks import test_decisions as decisions
from tests.networks import test_decisions_confirmed as confirmed
from tests.networks import test_proposals as proposals
from tests.organisations import test_namings as namings
from tests.organisations import test_unconfirmed as unconfirmed
from tests.partnerships import test_authoritys_power as power
from tests.partnerships import test_case_handovers as handovers
from tests.partnerships import test_gate_rules as gate
from tests.partnerships import test_no_dead_end as dead_end
from tests.partnerships import test_partner_requests as requests
from tests.partnerships import test_proposals as proposed
from tests.partnerships import test_two_hats as hats
from tests.tables import aside
from tests.tables.reading import NOTHING, table
from tests.tables.tie_steps import AGAIN, BY, NOBODY, SECOND, TIE_STEPS, Case, every, runs_elsewhere

CELLS = table("step")
CASES: dict[str, dict[str, tuple[Case, ...]]] = TIE_STEPS | {
    "submit": {
        BY: (acts.test_a_co_applicant_alone_neither_withdraws_nor_submits,),
        AGAIN: (
            together.test_a_version_names_only_who_said_yes,
            unconfirmed.test_it_drafts_and_submits_nothing,
            unconfirmed.test_a_version_names_no_unconfirmed_co_applicant,
            no_part.test_an_archived_applicant_drafts_and_submits_nothing_and_can_withdraw,
            ends.test_nothing_new_comes_in_before_the_day_and_what_is_there_goes_on,
            silence.test_a_refusal_that_was_counted_stays_on_record,
        ),
        NOBODY: (together.test_one_click_takes_out_whoever_has_not_answered,),
    },
    "begin the review, return": {
        BY: (handlings.test_who_is_tied_to_an_applicant_stands_aside,),
        AGAIN: (
            ends.test_a_network_that_rests_or_is_closed_takes_no_step,
            ends.test_a_handling_ends_when_no_applicant_is_a_member_any_more,
            silence.test_one_version_is_returned_once,
        ),
        NOBODY: (
            leading.test_the_chair_leads_then_the_secretary,
            leading.test_two_untied_representatives_choose_one,
            silence.test_the_applicant_asks_and_the_ballot_opens,
        ),
    },
    "open a ballot": {
        BY: (
            handlings.test_who_is_tied_to_an_applicant_stands_aside,
            silence.test_the_applicant_asks_and_the_ballot_opens,
        ),
        AGAIN: (
            arrival.test_a_new_rulebook_changes_nothing_for_what_came_before_it,
            electorates.test_a_vote_taken_after_the_version_came_is_there_still,
            days.test_a_ballot_of_75_seconds_is_refused,
            two.test_no_ballot_opens_where_one_member_could_vote,
            partial(two.test_how_many_decide, votes={"a": "for"}, rule={"one_is_enough": True}, outcome="passed"),
        ),
        NOBODY: (
            aside.another_network,
            partial(sizes.test_a_case_comes_to_its_end, size="two", deed=sizes.nobody),
        ),
    },
    "vote, stand aside": {
        BY: (
            ballots.test_only_the_voice_of_a_member_votes_for_it,
            acts.test_a_representative_tied_to_the_applicant_votes_for_nobody,
        ),
        AGAIN: (
            electorates.test_who_leaves_during_a_ballot_leaves_the_base_and_its_vote_goes,
            ties.test_at_the_latest_the_count_takes_a_tied_vote_out,
            days.test_the_last_second_counts_and_the_next_does_not,
        ),
        NOBODY: (
            partial(ties.test_a_tie_in_mid_ballot_removes_the_vote_and_tells_the_member, deputised=True),
            recorded.test_the_member_votes_itself_instead,
        ),
    },
    "record a vote": {
        BY: (recorded.test_a_recorded_vote_says_who_gave_it,),
        SECOND: (recorded.test_votes_recorded_for_all_close_nothing_and_decide_nothing_alone,),
        AGAIN: (ballots.test_a_recorded_vote_never_replaces_the_members_own,),
        NOBODY: (recorded.test_what_nobody_confirms_is_left_out_by_the_clock,),
    },
    "close early": {
        BY: (days.test_who_closes_early,),
        SECOND: (days.test_who_closes_early,),
        AGAIN: (counting.test_no_early_close_while_one_of_the_base_is_missing,),
        NOBODY: (partial(sizes.test_a_case_comes_to_its_end, size="thirty", deed=sizes.member_away),),
    },
    "annul a ballot": {
        BY: (annulments.test_one_person_alone_annuls_nothing,),
        SECOND: (
            annulments.test_two_persons_do_and_it_stays_on_the_page,
            annulments.test_who_confirms_is_a_second_person,
        ),
        AGAIN: (
            annulments.test_two_persons_do_and_it_stays_on_the_page,
            annulments.test_who_confirms_is_a_second_person,
        ),
        NOBODY: (annulments.test_after_two_ballots_without_a_result_a_meeting_decides,),
    },
    "answer a condition": {
        BY: (conditional.test_two_refused_conditions_are_no_yes,),
        AGAIN: (
            powers.test_a_condition_that_is_taken_says_by_when_it_is_met,
            conditional.test_an_answer_changed_is_counted_again,
        ),
        NOBODY: (conditional.test_unanswered_conditions_are_taken_by_the_clock,),
    },
    "endorse, decline": {
        BY: (handlings.test_who_is_tied_to_an_applicant_stands_aside, silence.test_a_pass_takes_effect_by_itself),
        AGAIN: (
            together.test_leaving_lets_the_ballot_be_counted_but_no_endorsement_is_given,
            ends.test_a_handling_ends_when_no_applicant_is_a_member_any_more,
            ends.test_a_network_that_rests_or_is_closed_takes_no_step,
            record.test_votes_of_who_is_tied_by_then_do_not_take_effect,
        ),
        NOBODY: (silence.test_a_pass_takes_effect_by_itself,),
    },
    "record and confirm a meeting's decision": {
        BY: (handlings.test_a_meetings_decision_holds_once_a_second_person_has_confirmed_it,),
        SECOND: (
            handlings.test_a_meetings_decision_holds_once_a_second_person_has_confirmed_it,
            words.test_two_more_of_those_present_confirm_it,
        ),
        AGAIN: (
            two.test_one_member_in_a_meeting_is_no_decision,
            words.test_facts_are_read_again_when_it_takes_effect,
            words.test_an_invented_meeting_falls_by_the_word_of_whoever_was_not_there,
        ),
        NOBODY: (words.test_in_a_network_of_two_the_days_carry_it, words.test_nobody_says_otherwise_for_seven_days),
    },
    "move a puumerkki to a new version": {
        BY: (
            left.test_the_version_moved_to_is_asked_too,
            met.test_changes_within_take_effect_when_nobody_objected,
        ),
        SECOND: (met.test_with_an_objection_a_second_person_says, met.test_a_second_person_may_say_that_it_is_not_met),
        AGAIN: (
            moving.test_another_project_does_not_get_the_endorsement_of_one_with_conditions,
            moving.test_a_rulebook_adopted_after_the_decision_changes_nothing,
            together.test_an_endorsement_moves_to_no_version_of_other_applicants,
            left.test_confirmed_conditions_give_no_endorsement_once_an_applicant_has_left,
        ),
        NOBODY: (
            met.test_where_nobody_settles_it_the_condition_stays_open,
            met.test_in_a_network_of_two_an_objection_leaves_it_open_and_the_way_on_is_a_ballot,
        ),
    },
    "revoke": {
        BY: (powers.test_the_coordinator_alone_takes_no_endorsement_back,),
        SECOND: (
            revocations.test_two_persons_for_cause_after_the_applicant_was_heard,
            revocations.test_who_is_a_second_person,
        ),
        AGAIN: (revocations.test_two_persons_for_cause_after_the_applicant_was_heard,),
    },
    "begin, decide": {
        BY: (
            requests.test_who_is_tied_to_an_applicant_stands_aside,
            hats.test_who_led_prepares_and_is_shown_but_another_decides,
        ),
        AGAIN: (
            gate.test_each_of_two_policies_must_be_met,
            requests.test_another_endorsement_does_not_open_the_gate,
            gate.test_open_conditions_are_said_and_stand_in_the_way,
        ),
        NOBODY: (
            partial(dead_end.test_somebody_walks_on_to_an_answer, state=S.referred, failure="all tied"),
            handovers.test_the_owner_hands_the_case_of_a_tied_officer_over,
        ),
    },
    "propose a decision": {
        BY: (
            *every(proposed.test_nobody_proposes_who_is_tied),
            proposed.test_a_machine_without_the_scope_or_the_role_proposes_nothing,
        ),
        SECOND: (proposed.test_a_machine_proposes_and_is_shown_with_who_made_it,),
        AGAIN: (
            proposed.test_what_could_not_be_decided_is_not_proposed,
            proposed.test_a_proposal_of_money_waits_for_the_gate_and_a_no_does_not,
        ),
        NOBODY: (proposed.test_what_is_decided_otherwise_says_so,),
    },
    "hand a proposal back": {
        BY: (proposed.test_deciders_are_told_of_what_waits_and_only_who_can_decide_it,),
        AGAIN: (proposed.test_a_decider_hands_it_back_with_a_reason_and_the_proposer_is_told,),
        NOBODY: (proposed.test_what_is_decided_otherwise_says_so,),
    },
    "not take up, answer no": {
        BY: (requests.test_who_is_tied_to_an_applicant_stands_aside,),
        AGAIN: (power.test_an_authority_can_always_answer_no,),
    },
    "add and release a requirement": {
        BY: (power.test_bringing_releasing_and_undoing,),
        SECOND: (power.test_a_wider_group_is_released_with_a_reason_and_a_decider_may_undo_it,),
        AGAIN: (power.test_what_the_application_names_is_not_released_until_its_policy_has_ended,),
    },
    "waive a requirement": {
        BY: (hats.test_who_led_waives_nothing_and_undoes_nothing,),
        AGAIN: (power.test_the_ground_of_a_waiver_is_looked_at, aside.waiver_says_who),
    },
    "remove a member, take its vote": {
        BY: (proposals.test_nobody_removes_a_member_alone_or_unheard,),
        SECOND: (proposals.test_without_a_second_person_it_is_not_even_proposed,),
        AGAIN: (
            proposals.test_nobody_removes_a_member_alone_or_unheard,
            representatives.test_a_removed_member_votes_on_what_came_before,
        ),
        NOBODY: (proposals.test_it_is_dropped_by_hand_by_the_clock_and_by_leaving,),
    },
    "adopt a rulebook, rest, close, stop deciding": {
        BY: (decisions.test_whoever_leads_does_none_of_it_alone,),
        SECOND: (confirmed.test_a_network_rests_with_a_second_person_and_works_again,),
        AGAIN: (
            ends.test_the_day_comes_after_the_last_call_that_is_served,
            changes.test_it_is_told_answered_and_then_done,
        ),
        NOBODY: (confirmed.test_silence_of_all_who_were_told_lets_a_network_end_and_one_no_keeps_it,),
    },
    "name an owner where there is one": {
        BY: (namings.test_operators_give_and_take_no_other_roles,),
        SECOND: (namings.test_a_second_operator_confirms_where_there_is_one,),
        AGAIN: (
            namings.test_an_owner_is_told_and_objects,
            namings.test_without_an_objection_it_takes_effect_after_seven_days,
            named.test_the_real_representative_stays_and_votes,
        ),
        NOBODY: (namings.test_what_no_second_operator_confirms_lapses,),
    },
}
TRIED = [
    (step, column, case)
    for step, cells in CASES.items()
    for column, cases in cells.items()
    for one in cases
    for case in ([one] if isinstance(one, partial) else every(one))
]


def test_every_cell_has_a_case() -> None:
    asked = {where for where, cell in CELLS.items() if cell != NOTHING}
    assert asked == {(step, column) for step, column, _ in TRIED}


@pytest.mark.parametrize(
    ("step", "column", "case"),
    [one for one in TRIED if not runs_elsewhere(one[2])],
    ids=lambda one: one if isinstance(one, str) else "",
)
async def test_a_cell(world: World, step: str, column: str, case: Case) -> None:
    await case(world)


def test_what_is_no_test_of_its_own_runs_here() -> None:
    assert runs_elsewhere(two.test_no_ballot_opens_where_one_member_could_vote)
    assert runs_elsewhere(partial(changes.test_it_is_told_answered_and_then_done, change="rest"))
    assert not runs_elsewhere(partial(changes.test_it_is_told_answered_and_then_done, change="sleep"))
    assert not runs_elsewhere(aside.another_network)
