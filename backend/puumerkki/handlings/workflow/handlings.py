"""The workflow of a handling: one network's handling of an application."""

from dataclasses import dataclass

from puumerkki.access.permissions import P
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.disqualification.workflow.people import PeopleFacts, not_alleged, not_disqualified, not_of_umbrella
from puumerkki.endorsements.errors.endorsements import ApplicantLeft
from puumerkki.endorsements.workflow.conditions import (
    REFUSES,
    SETTLES,
    ConditionFacts,
    answers_in_time,
    applicants_same,
    changes_within,
    claim_of_newest,
    claim_waits,
    endorsement_holds,
    has_open_conditions,
    newer_version_waits,
    no_claim_waits,
    nobody_objects,
    silence_settles,
)
from puumerkki.endorsements.workflow.network_powers import (
    PowerFacts,
    applicant_asks,
    applicant_is_member,
    confirmed_by_a_person,
    heard,
    network_active,
    network_stays,
    not_under_review,
    once_only,
    prolongation_waits,
    proposer_or_second,
    second_person,
    somebody_confirms,
    still_hearing,
    under_review,
)
from puumerkki.handlings.errors import handlings as errors
from puumerkki.handlings.models.handlings import OPEN_HANDLING
from puumerkki.handlings.workflow.counts import (
    ANNULLABLE,
    CountFacts,
    annulment_waits,
    answers_open,
    ballot_counted,
    ballot_failed,
    ballot_open,
    ballot_passed,
    ballot_settles,
    ballot_settles_nothing,
    ballots_left,
    conditions_answered,
    confirms_recorded,
    has_electors,
    members_heard,
    members_vote,
    recorded_confirmed,
    recorded_wait,
)
from puumerkki.handlings.workflow.decisions import (
    DecisionFacts,
    another_person,
    decision_holds,
    decision_stands,
    decision_waits,
    firsts_untied,
    in_office,
    no_meeting_needed,
    not_confirmed_yet,
    of_another_side,
    was_present,
    word_in_time,
)
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition


@dataclass(frozen=True, kw_only=True)
class HandlingFacts(PowerFacts, CountFacts, ConditionFacts, DecisionFacts, PeopleFacts):
    """What the guards need to know, read under the locks.

    `returned`: this version was; `asked`: the applicant asked for a ballot. Of a lapsed handling: `serves`: a call that
    the version is for is open, or it is for none; `leads`: the actor submits for the leading applicant.
    """

    active: bool = True
    decides: bool = True
    has_reading: bool = False
    days_over: bool = False
    returned: bool = False
    asked: bool = False
    serves: bool = True
    leads: bool = False


def application_active(facts: HandlingFacts) -> PuumerkkiError | None:
    return None if facts.active else errors.ApplicationNotActive()


def applicants_stay(facts: HandlingFacts) -> PuumerkkiError | None:
    return ApplicantLeft() if facts.applicant_left else None


def network_decides(facts: HandlingFacts) -> PuumerkkiError | None:
    return None if facts.decides else errors.NetworkAdvises()


def network_advises(facts: HandlingFacts) -> PuumerkkiError | None:
    return errors.NetworkDecides() if facts.decides else None


def has_rulebook(facts: HandlingFacts) -> PuumerkkiError | None:
    return errors.NoRulebook() if facts.method is None else None


def read_or_days_over(facts: HandlingFacts) -> PuumerkkiError | None:
    return None if facts.has_reading or facts.days_over else errors.NoReading()


def not_returned(facts: HandlingFacts) -> PuumerkkiError | None:
    return errors.ReturnedOnce() if facts.returned else None


def days_over(facts: HandlingFacts) -> PuumerkkiError | None:
    return None if facts.days_over else errors.DaysNotOver()


def not_asked(facts: HandlingFacts) -> PuumerkkiError | None:
    return errors.BallotAsked() if facts.asked else None


def call_open(facts: HandlingFacts) -> PuumerkkiError | None:
    return None if facts.serves else errors.NoOpenCall()


def leading_asks(facts: HandlingFacts) -> PuumerkkiError | None:
    return None if facts.leads else errors.LeadingApplicantAsks()


S = HandlingState
LEAD = Grant(P.handlings_lead, on="network_id")
RECORD = Grant(P.handlings_record, on="network_id")
CONFIRM = Grant(P.handlings_confirm, on="network_id")
VOTER = Grant(P.ballots_vote, on="network_id")
APPLIES = Grant(P.applications_write, on="application_id")
SUBMITS = Grant(P.applications_submit, on="application_id")
CLOCK = ByItself()
SECOND = {VOTER, CONFIRM, RECORD}
"""Whose roles can make them a second person; whether they are one is a fact of the handling."""
UNDONE = (application_active, not_disqualified)
ANNULS = (*UNDONE, *ANNULLABLE, somebody_confirms)
BALLOTED = (S.in_ballot, S.endorsed)
STEP = (*UNDONE, network_active)
"""Only an active network handles; what a resting or closed one still does is to annul and to revoke."""
COUNTED = (ballot_counted, ballot_settles)
PASSED = (*COUNTED, ballot_passed, conditions_answered)
ENDORSE = (network_active, applicant_is_member, *PASSED, members_heard, recorded_confirmed, applicants_stay)
DECLINE = (network_active, *COUNTED, ballot_failed, members_heard, recorded_confirmed)
CONFIRMS = (not_disqualified, ballot_counted, recorded_wait, confirms_recorded)
SETTLES_NOTHING = (ballot_counted, recorded_confirmed, ballot_settles_nothing)
OPENS = (application_active, network_active, network_decides, has_rulebook, no_meeting_needed, ballots_left)
CALLED = (network_stays, applicant_is_member, applicants_stay, call_open)
ASKS_AGAIN = (leading_asks, application_active, network_active, *CALLED)
PROPOSES = (not_disqualified, not_under_review)
BY_MEETING = (*PROPOSES, not_of_umbrella, not_alleged)
DROPS = (not_disqualified, proposer_or_second)
RECORDED = (*STEP, not_of_umbrella, not_alleged, in_office)
CONFIRMED = (*RECORDED, has_rulebook, decision_waits, not_confirmed_yet, another_person, was_present, of_another_side)
DECIDED_BY_MEETING = (*RECORDED, network_decides, has_rulebook, not_confirmed_yet)
HOLDS = (*STEP, has_rulebook, decision_stands, firsts_untied, decision_holds)
CARRIED = ((S.endorsed, (applicant_is_member, applicants_stay)), (S.declined, ()))
CONDITIONS = (network_active, endorsement_holds, has_open_conditions, applicants_same, applicants_stay, changes_within)
"""When conditions can count as met: when that is said, and again when it takes effect."""
CLAIMED = (claim_waits, claim_of_newest, *CONDITIONS)
LASTS = (
    *STEP,
    network_decides,
    has_rulebook,
    applicant_is_member,
    applicants_stay,
    endorsement_holds,
    once_only,
    not_under_review,
)
"""What an endorsement that is to last longer needs, when it is proposed and again when it is confirmed."""

HANDLING: Workflow[HandlingState] = Workflow(
    kind="handling",
    states=HandlingState,
    initial=S.received,
    transitions=(
        transition("begin_review", {S.received}, S.in_review, {LEAD, CLOCK}, *STEP),
        transition("return", {S.received, S.in_review}, S.returned, {LEAD}, *STEP, not_returned, not_confirmed_yet),
        transition("ask_for_ballot", {S.received}, S.received, {APPLIES}, *OPENS, days_over, not_asked),
        transition("ask_for_ballot", {S.in_review}, S.in_review, {APPLIES}, *OPENS, days_over, not_asked),
        transition("ask_for_ballot", {S.returned}, S.in_review, {APPLIES}, application_active, network_active),
        transition("record_reading", {S.received}, S.received, {LEAD, RECORD}, *STEP),
        transition("record_reading", {S.in_review}, S.in_review, {LEAD, RECORD}, *STEP),
        transition(
            "open_ballot",
            {S.in_review},
            S.in_ballot,
            {LEAD, CLOCK},
            *STEP,
            network_decides,
            has_rulebook,
            no_meeting_needed,
            not_confirmed_yet,
            ballots_left,
            read_or_days_over,
            has_electors,
        ),
        transition("close_ballot", {S.in_ballot}, S.in_ballot, {LEAD, CLOCK}, not_disqualified, ballot_open),
        transition(
            "close_ballot", {S.endorsed}, S.endorsed, {LEAD, CLOCK}, not_disqualified, under_review, heard, ballot_open
        ),
        transition("answer_condition", {S.in_ballot}, S.in_ballot, {LEAD}, *STEP, ballot_counted, answers_open),
        transition("confirm_recorded", {S.in_ballot}, S.in_ballot, SECOND, *CONFIRMS),
        transition("confirm_recorded", {S.endorsed}, S.endorsed, SECOND, under_review, *CONFIRMS),
        transition("state_standing", {S.in_ballot}, S.in_ballot, {VOTER}, *STEP, ballot_counted),
        transition("endorse", {S.in_ballot}, S.endorsed, {LEAD, CLOCK}, *STEP, *ENDORSE),
        transition("decline", {S.in_ballot}, S.declined, {LEAD, CLOCK}, *STEP, *DECLINE),
        transition("reopen_review", {S.in_ballot}, S.in_review, {LEAD, CLOCK}, *STEP, *SETTLES_NOTHING),
        *(transition("annul_ballot", {at}, at, {LEAD}, members_vote, *ANNULS) for at in BALLOTED),
        transition("confirm_annulment", {S.in_ballot}, S.in_review, SECOND, *UNDONE, annulment_waits, second_person),
        transition("confirm_annulment", {S.endorsed}, S.endorsed, SECOND, *UNDONE, annulment_waits, second_person),
        *(transition("drop_annulment", {at}, at, {LEAD, *SECOND}, annulment_waits, *DROPS) for at in BALLOTED),
        transition("record_decision", {S.in_review}, S.in_review, {RECORD}, *DECIDED_BY_MEETING),
        transition("confirm_decision", {S.in_review}, S.in_review, {CONFIRM, LEAD}, *CONFIRMED),
        transition("answer_decision", {S.in_review}, S.in_review, {VOTER}, *UNDONE, decision_stands, word_in_time),
        *(transition("carry_decision", {S.in_review}, to, {CLOCK}, *HOLDS, *more) for to, more in CARRIED),
        transition("give_statement", {S.in_review}, S.stated, {LEAD}, *STEP, network_advises),
        transition("confirm_conditions", {S.endorsed}, S.endorsed, {LEAD}, *STEP, *CONDITIONS, no_claim_waits),
        transition("answer_claim", {S.endorsed}, S.endorsed, {VOTER}, not_disqualified, claim_waits, answers_in_time),
        transition("carry_claim", {S.endorsed}, S.endorsed, {CLOCK}, *CLAIMED, nobody_objects, silence_settles),
        transition("settle_claim", {S.endorsed}, S.endorsed, SECOND, *STEP, *CLAIMED, *SETTLES),
        transition("refuse_claim", {S.endorsed}, S.endorsed, SECOND, *UNDONE, claim_waits, *REFUSES),
        transition("drop_claim", {S.endorsed}, S.endorsed, {LEAD}, *UNDONE, claim_waits, nobody_objects),
        transition("take_new_version", {S.endorsed}, S.received, {LEAD}, *STEP, newer_version_waits),
        transition(
            "revoke_by_ballot",
            {S.endorsed},
            S.endorsed,
            {LEAD},
            *PROPOSES,
            has_rulebook,
            no_meeting_needed,
            has_electors,
        ),
        transition(
            "revoke_by_meeting", {S.endorsed}, S.endorsed, {LEAD, RECORD}, *BY_MEETING, has_rulebook, somebody_confirms
        ),
        transition("revoke_for_cause", {S.endorsed}, S.endorsed, {LEAD}, *PROPOSES, somebody_confirms),
        transition("state_view", {S.endorsed}, S.endorsed, {APPLIES}, under_review, still_hearing),
        transition(
            "confirm_revocation",
            {S.endorsed},
            S.in_review,
            SECOND,
            not_disqualified,
            under_review,
            confirmed_by_a_person,
            second_person,
            heard,
            applicant_asks,
        ),
        transition(
            "carry_revocation", {S.endorsed}, S.in_review, {CLOCK}, under_review, heard, ballot_counted, ballot_passed
        ),
        transition(
            "drop_revocation", {S.endorsed}, S.endorsed, {LEAD, *SECOND}, under_review, confirmed_by_a_person, *DROPS
        ),
        transition("dismiss_revocation", {S.endorsed}, S.endorsed, {CLOCK}, under_review, heard, ballot_counted),
        transition("prolong", {S.endorsed}, S.endorsed, {LEAD}, *LASTS, somebody_confirms),
        transition("confirm_prolongation", {S.endorsed}, S.endorsed, SECOND, *LASTS, prolongation_waits, second_person),
        transition("drop_prolongation", {S.endorsed}, S.endorsed, {LEAD, *SECOND}, prolongation_waits, *DROPS),
        transition("ask_again", {S.lapsed}, S.received, {SUBMITS}, *ASKS_AGAIN),
        transition("receive_version", {S.received}, S.received, {CLOCK}),
        transition("receive_version", {S.in_review, S.in_ballot}, S.in_review, {CLOCK}),
        transition(
            "receive_version",
            {S.returned, S.endorsed, S.declined, S.stated, S.lapsed, S.withdrawn},
            S.received,
            {CLOCK},
        ),
        transition("stay_refused", {*OPEN_HANDLING, S.endorsed, S.stated, S.lapsed, S.withdrawn}, S.declined, {CLOCK}),
        transition("lapse", set(OPEN_HANDLING), S.lapsed, {CLOCK}),
        transition("withdraw", {*OPEN_HANDLING, S.endorsed}, S.withdrawn, {CLOCK}),
    ),
)
"""`ask_for_ballot`: of a returned version, to have it handled as it is, by a meeting where a meeting decides.
`take_new_version`: a version came while conditions were open, and it changes more than they asked for."""
