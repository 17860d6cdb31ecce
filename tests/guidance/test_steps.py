"""Who is told what next in which state: every row of the table, and that no state is without a step."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from puumerkki.agreements.models import AgreementState, DutyKind
from puumerkki.applications.models.applications import ApplicationState
from puumerkki.applications.models.recipients import HandlingState, PartnerRequestState
from puumerkki.filings.models import FilingState
from puumerkki.guidance.schemas import NextStep
from puumerkki.guidance.workflow import agreements, applications, filings, handlings, partner_requests
from puumerkki.guidance.workflow.asked import Ask
from puumerkki.guidance.workflow.handlings import OwnVote
from puumerkki.networks.tally import Outcome

TODAY = date(2026, 11, 30)
BEFORE, LATER = date(2026, 11, 20), date(2026, 12, 20)
CLOSES = datetime(2026, 12, 6, 22, tzinfo=UTC)
KEY = UUID(int=1)
NETWORK, CITY, OTHER = {"fi": "Elämänkaari"}, {"fi": "Oulun kaupunki"}, {"fi": "Naapuriapu ry"}
Told = tuple[str, str | None, str]


def told(step: NextStep) -> Told:
    return step.says.value, step.does and step.does.value, step.doer.value


def ask(kind: str, subject: str, due_on: date | None = None) -> tuple[Ask, ...]:
    return (Ask(kind=kind, subject_kind=subject, subject_id=KEY, names=(OTHER,), due_on=due_on),)


def handling(state: str, **more: Any) -> handlings.HandlingFacts:
    may = frozenset(more.pop("may", ()))
    given: dict[str, Any] = {"id": KEY, "application_id": KEY, "today": TODAY, "network": NETWORK, "handle_by": LATER}
    return handlings.HandlingFacts(state=HandlingState(state), may=may, **given | more)


def case_(state: str, **more: Any) -> partner_requests.CaseFacts:
    may = frozenset(more.pop("may", ()))
    given: dict[str, Any] = {"id": KEY, "application_id": KEY, "today": TODAY, "authority": CITY, "case_number": "7"}
    return partner_requests.CaseFacts(state=PartnerRequestState(state), may=may, **given | more)


def filing(state: str, **more: Any) -> filings.FilingFacts:
    may = frozenset(more.pop("may", ()))
    given: dict[str, Any] = {"id": KEY, "application_id": KEY, "today": TODAY, "funder": OTHER}
    return filings.FilingFacts(state=FilingState(state), may=may, **given | more)


def agreement(state: str, **more: Any) -> agreements.AgreementFacts:
    may = frozenset(more.pop("may", ()))
    given: dict[str, Any] = {"id": KEY, "today": TODAY, "drafter": OTHER}
    return agreements.AgreementFacts(state=AgreementState(state), may=may, **given | more)


def application(state: str, **more: Any) -> applications.ApplicationFacts:
    may = frozenset(more.pop("may", ()))
    return applications.ApplicationFacts(id=KEY, today=TODAY, state=ApplicationState(state), may=may, **more)


def active(**more: Any) -> applications.ApplicationFacts:
    return application("active", **{"writes": True, "applies": True} | more)


def duty(opens_on: date, due_on: date) -> agreements.DutyFacts:
    return agreements.DutyFacts(kind=DutyKind.report, party=OTHER, opens_on=opens_on, due_on=due_on)


APPLICATIONS: list[tuple[applications.ApplicationFacts, Told]] = [
    (application("draft", writes=True, missing=("goals",)), ("draft", "continue_writing", "you")),
    (application("draft", applies=True), ("draft_others", None, "applicant")),
    (
        application("draft", writes=True, blocked="not_a_member", barring=(NETWORK,), barring_id=KEY),
        ("draft_membership", "request_membership", "you"),
    ),
    (
        application("draft", writes=True, blocked="rules_not_accepted", barring=(NETWORK,), barring_id=KEY),
        ("draft_rulebook", "accept_rulebook", "you"),
    ),
    (
        application("draft", writes=True, blocked="co_applicants_unanswered", silent=(OTHER,)),
        ("draft_co_applicant", "continue_writing", "co_applicant"),
    ),
    (
        application("draft", applies=True, asks=ask("co_applicant_to_answer", "application")),
        ("co_applicant_asked", "answer_request", "you"),
    ),
    (application("draft", writes=True, may={"submit"}), ("draft_ready", "submit", "you")),
    (application("draft", writes=True), ("draft_others", None, "applicant")),
    (application("draft", writes=True, blocked="call_closed"), ("draft_blocked", "continue_writing", "you")),
    (active(handlings=(handling("received", applies=True),)), ("submitted", "read_version", "network")),
    (
        active(handlings=(handling("in_review", applies=True, handle_by=BEFORE, may={"ask_for_ballot"}),)),
        ("review_late", "ask_for_ballot", "you"),
    ),
    (active(handlings=(handling("in_review", applies=True, handle_by=BEFORE),)), ("review_late", None, "network")),
    (
        active(handlings=(handling("returned", points=3),), asks=ask("handling_to_mend", "handling")),
        ("returned_to_you", "complete", "you"),
    ),
    (
        active(handlings=(handling("in_ballot", applies=True, closes_at=CLOSES),)),
        ("ballot_of_network", None, "members"),
    ),
    (
        active(handlings=(handling("endorsed", number="A-1"),), cases=(case_("arrived", requires=True),)),
        ("endorsed", "certificate", "authority"),
    ),
    (
        active(handlings=(handling("endorsed", number="A-1", conditions=2),), cases=(case_("referred"),)),
        ("endorsed_conditions", "see_conditions", "authority"),
    ),
    (active(handlings=(handling("declined"),), cases=(case_("arrived"),)), ("declined", "read_reasons", "nobody")),
    (active(handlings=(handling("stated"),)), ("stated", "read_statement", "nobody")),
    (active(cases=(case_("decided"),)), ("decided_to_file", "plan_filing", "you")),
    (
        active(cases=(case_("decided"),), filings=(filing("planned", may={"file"}, closes_on=LATER),)),
        ("filing_planned", "file", "you"),
    ),
    (active(handlings=(handling("lapsed"),)), ("ended", None, "nobody")),
    (application("withdrawn", applies=True), ("ended", None, "nobody")),
    (application("closed", writes=True, may={"continue"}), ("ended", "continue_as_new", "you")),
]

HANDLINGS: list[tuple[handlings.HandlingFacts, Told]] = [
    (handling("received", asks=ask("handling_to_review", "handling", LATER)), ("handling_new", "begin_review", "you")),
    (handling("received", leads=True, tied=True), ("handling_tied", None, "network")),
    (handling("received"), ("handling_waits", None, "network")),
    (handling("in_review", may={"record_reading"}), ("not_read", "record_reading", "you")),
    (handling("in_review", read=True, may={"open_ballot"}, electors=4), ("ready_for_ballot", "open_ballot", "you")),
    (handling("in_review", by_meeting=True, may={"record_decision"}), ("meeting_decides", "record_decision", "you")),
    (handling("in_review", by_meeting=True, next_meeting=LATER), ("meeting_decides", None, "network")),
    (handling("in_review", decides=False, may={"give_statement"}), ("statement_due", "give_statement", "you")),
    (
        handling("in_review", decision_waits=True, asks=ask("decision_to_confirm", "handling")),
        ("decision_recorded", "confirm_decision", "you"),
    ),
    (handling("in_review", decision_waits=True), ("decision_recorded", None, "second_person")),
    (handling("in_review", holds_on=LATER), ("decision_holds", None, "network")),
    (handling("in_review", asks=ask("ballot_to_open", "handling", LATER)), ("ballot_asked", "open_ballot", "you")),
    (handling("in_review", handle_by=BEFORE), ("review_late", None, "network")),
    (handling("returned", points=3, answered=1), ("returned", None, "applicant")),
    (
        handling("in_ballot", closes_at=CLOSES, asks=ask("vote_to_cast", "handling", LATER)),
        ("vote_missing", "vote", "you"),
    ),
    (handling("in_ballot", closes_at=CLOSES, vote=OwnVote.cast, may_vote=True), ("voted", "change_vote", "members")),
    (
        handling("in_ballot", closes_at=CLOSES, vote=OwnVote.recorded, may_vote=True),
        ("vote_recorded", "change_vote", "members"),
    ),
    (handling("in_ballot", closes_at=CLOSES, turnout=2, base=5), ("ballot_open", None, "members")),
    (handling("in_ballot", may={"endorse"}), ("ballot_counted", "endorse", "you")),
    (handling("in_ballot", may={"decline"}), ("ballot_counted", "decline", "you")),
    (handling("in_ballot", may={"answer_condition"}, unanswered=2), ("ballot_conditions", "answer_conditions", "you")),
    (
        handling("in_ballot", may={"reopen_review"}, outcome=Outcome.no_quorum),
        ("ballot_no_quorum", "reopen_review", "you"),
    ),
    (
        handling("in_ballot", may={"endorse"}, asks=ask("ballot_to_conclude", "handling", LATER)),
        ("ballot_counted", "endorse", "you"),
    ),
    (handling("in_ballot"), ("counted", None, "network")),
    (handling("endorsed", newer_version=True, may={"confirm_conditions"}), ("newer_version", "compare", "you")),
    (handling("endorsed", number="A-1", conditions=1), ("endorsed_conditions", "see_conditions", "applicant")),
    (handling("endorsed", number="A-1", under_review=True), ("endorsement_under_review", None, "network")),
    (handling("endorsed", number="A-1"), ("endorsed", "certificate", "nobody")),
    (handling("endorsed", asks=ask("claim_to_answer", "handling")), ("asked", "task", "you")),
    (handling("lapsed", may={"ask_again"}), ("ended", "ask_again", "you")),
]

CASES: list[tuple[partner_requests.CaseFacts, Told]] = [
    (case_("arrived", may={"begin"}), ("case_arrived", "begin", "you")),
    (case_("arrived"), ("case_arrived", None, "authority")),
    (case_("referred", requires=True, missing=(NETWORK,)), ("case_referred", None, "network")),
    (case_("referred", requires=True, missing=(NETWORK,), may={"begin"}), ("case_referred", None, "network")),
    (
        case_("arrived", requires=True, asks=ask("partner_request_to_begin", "partner_request")),
        ("case_gate_open", "begin", "you"),
    ),
    (case_("in_preparation", may={"propose"}), ("case_in_preparation", "propose", "you")),
    (case_("in_preparation"), ("case_in_preparation", None, "authority")),
    (
        case_("in_preparation", asks=ask("partner_request_to_decide", "partner_request")),
        ("case_to_decide", "decide", "you"),
    ),
    (case_("in_preparation", asks=ask("proposal_to_confirm", "partner_request")), ("case_proposed", "decide", "you")),
    (
        case_("in_preparation", asks=ask("proposal_handed_back", "partner_request")),
        ("case_handed_back", "propose", "you"),
    ),
    (
        case_("supplement_asked", asks=ask("supplement_to_answer", "partner_request")),
        ("supplement_to_answer", "answer_supplement", "you"),
    ),
    (case_("supplement_asked"), ("supplement_asked", None, "applicant")),
    (case_("decided", decided_on=BEFORE), ("case_decided", "read_decision", "nobody")),
    (case_("decided", committed=True, drafts=True), ("case_committed", "draft_agreement", "you")),
    (case_("decided", committed=True), ("case_decided", "read_decision", "nobody")),
    (case_("decided", looked_at=True), ("case_looked_at", None, "authority")),
    (
        case_("decided", looked_at=True, asks=ask("partner_request_to_look_at", "partner_request")),
        ("case_looked_at", "look_at", "you"),
    ),
    (case_("withdrawn"), ("ended", None, "nobody")),
]

FILINGS: list[tuple[filings.FilingFacts, Told]] = [
    (filing("planned", may={"file"}, closes_on=LATER), ("filing_planned", "file", "you")),
    (filing("planned", may={"file"}, closes_on=BEFORE), ("filing_past", "file", "you")),
    (filing("planned"), ("filing_planned", None, "applicant")),
    (filing("filed", may={"grant"}, filed_on=BEFORE), ("filing_filed", "record_result", "you")),
    (filing("granted", may={"report"}), ("filing_report_day", "add_report_day", "you")),
    (filing("granted", may={"report"}, report_on=LATER), ("filing_granted", "report_to_funder", "you")),
    (filing("plan_changed"), ("filing_granted", None, "applicant")),
    (filing("refused", plans=True, valid_until=LATER), ("filing_refused", "plan_filing", "you")),
    (filing("reported", may={"close"}, reported_on=BEFORE), ("filing_reported", "close", "you")),
    (filing("closed"), ("filing_closed", None, "nobody")),
]

AGREEMENTS: list[tuple[agreements.AgreementFacts, Told]] = [
    (agreement("draft", missing=2, may={"cancel"}), ("agreement_draft", "edit_agreement", "you")),
    (agreement("draft", may={"propose"}), ("agreement_ready", "propose_agreement", "you")),
    (agreement("proposed", asks=ask("agreement_to_sign", "agreement")), ("agreement_to_sign", "sign", "you")),
    (agreement("proposed", unsigned=(OTHER,)), ("agreement_signatures", None, "parties")),
    (
        agreement("recorded", asks=ask("agreement_record_to_confirm", "agreement")),
        ("agreement_recorded", "confirm_record", "you"),
    ),
    (agreement("recorded", unanswered=(OTHER,)), ("agreement_recorded", None, "parties")),
    (agreement("disputed", disputed_by=(OTHER,)), ("agreement_disputed", None, "parties")),
    (agreement("signed", starts_on=LATER), ("agreement_signed", None, "nobody")),
    (
        agreement("in_force", asks=ask("agreement_report_due", "agreement", LATER)),
        ("agreement_duty", "do_duty", "you"),
    ),
    (
        agreement("in_force", asks=ask("agreement_report_due", "agreement", BEFORE)),
        ("agreement_duty_late", "do_duty", "you"),
    ),
    (agreement("in_force", duties=(duty(LATER, LATER),)), ("agreement_next_duty", None, "parties")),
    (agreement("in_force", duties=(duty(BEFORE, LATER),)), ("agreement_duty", None, "parties")),
    (agreement("in_force", duties=(duty(BEFORE, BEFORE),)), ("agreement_duty_late", None, "parties")),
    (agreement("in_force", ends_on=LATER), ("agreement_in_force", None, "nobody")),
    (
        agreement("expiring", asks=ask("agreement_renewal_to_decide", "agreement", LATER)),
        ("agreement_expiring", "decide_renewal", "you"),
    ),
    (agreement("ended", ends_on=BEFORE, duties=(duty(BEFORE, LATER),)), ("agreement_duty", None, "parties")),
    (agreement("terminated", ended_on=BEFORE), ("agreement_ended", None, "nobody")),
    (agreement("renewed", ends_on=BEFORE), ("agreement_renewed", None, "nobody")),
]


@pytest.mark.parametrize(("facts", "expected"), APPLICATIONS)
def test_the_step_of_an_application(facts: applications.ApplicationFacts, expected: Told) -> None:
    assert told(applications.application_step(facts)) == expected


@pytest.mark.parametrize(("facts", "expected"), HANDLINGS)
def test_the_step_of_a_handling(facts: handlings.HandlingFacts, expected: Told) -> None:
    assert told(handlings.handling_step(facts)) == expected


@pytest.mark.parametrize(("facts", "expected"), CASES)
def test_the_step_of_a_case(facts: partner_requests.CaseFacts, expected: Told) -> None:
    assert told(partner_requests.case_step(facts)) == expected


@pytest.mark.parametrize(("facts", "expected"), FILINGS)
def test_the_step_of_a_filing(facts: filings.FilingFacts, expected: Told) -> None:
    assert told(filings.filing_step(facts)) == expected


@pytest.mark.parametrize(("facts", "expected"), AGREEMENTS)
def test_the_step_of_an_agreement(facts: agreements.AgreementFacts, expected: Told) -> None:
    assert told(agreements.agreement_step(facts)) == expected
