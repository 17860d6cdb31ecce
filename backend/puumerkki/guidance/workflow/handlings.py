"""The next step in a network's handling: for its coordinator, its members, its applicants, and whoever else reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from puumerkki.applications.models.recipients import HandlingState as S
from puumerkki.guidance.schemas import NextStep, Stage, StageName, StepDoer, StepDoes, StepPlace, StepSays
from puumerkki.guidance.workflow.asked import Ask, Names, asked, is_late, named
from puumerkki.guidance.workflow.stages import Part, line
from puumerkki.networks.tally import Outcome


class OwnVote(StrEnum):
    """How the vote of a member that the reader speaks for was given. `none`: they speak for none, or it is missing."""

    none = "none"
    cast = "cast"
    recorded = "recorded"


@dataclass(frozen=True, kw_only=True)
class HandlingFacts:
    """What the step depends on, as the reader may know it.

    `applies`: the reader reads for an applicant; `leads`: they have the office of a coordinator; `tied`: and take no
    part; `may`: the actions that they could take now. `answered` of `points` to complete. `electors`: how many members
    could vote. `decision_waits`: a meeting's decision is recorded and not confirmed; `holds_on`: confirmed, and takes
    effect then. `closes_at`: of an open ballot; `unanswered`: conditions that members proposed and nobody answered.
    `conditions`: of the puumerkki that are not met. `effect_on`: when the count takes effect by itself.
    `reviewed_on`: when the ballot was opened.
    """

    id: UUID
    application_id: UUID
    today: date
    network: Names
    state: S
    version: int = 1
    handle_by: date
    received_on: date | None = None
    reviewed_on: date | None = None
    decided_on: date | None = None
    applies: bool = False
    leads: bool = False
    tied: bool = False
    may: frozenset[str] = frozenset()
    asks: tuple[Ask, ...] = ()
    decides: bool = True
    by_meeting: bool = False
    next_meeting: date | None = None
    read: bool = False
    decision_waits: bool = False
    holds_on: date | None = None
    points: int = 0
    answered: int = 0
    answer_by: date | None = None
    closes_at: datetime | None = None
    closes_on: date | None = None
    vote: OwnVote = OwnVote.none
    member: tuple[Names, ...] = ()
    may_vote: bool = False
    turnout: int = 0
    base: int = 0
    electors: int = 0
    outcome: Outcome | None = None
    unanswered: int = 0
    effect_on: date | None = None
    number: str | None = None
    valid_until: date | None = None
    conditions: int = 0
    under_review: bool = False
    newer_version: bool = False
    case_number: str | None = None


def _step(facts: HandlingFacts, says: StepSays, does: StepDoes | None = None, **more: Any) -> NextStep:
    """A step in the handling: the reader's where they can do something, else the network's."""
    due_on = more.pop("due_on", None)
    given: dict[str, Any] = {
        "doer": StepDoer.network if does is None else StepDoer.you,
        "doer_names": named((facts.network,)) if does is None else [],
        "place": StepPlace(kind="handling", id=facts.id),
        "late": is_late(due_on, facts.today),
        "due_on": due_on,
    }
    return NextStep(says=says, does=does, **given | more)


def _does(facts: HandlingFacts, action: StepDoes) -> StepDoes | None:
    """The action, if the reader may take it now."""
    return action if action.value in facts.may else None


def _late(facts: HandlingFacts) -> bool:
    return is_late(facts.handle_by, facts.today)


def _review_for_others(facts: HandlingFacts) -> NextStep:
    """What who only follows is told while the network reads."""
    if _late(facts):
        return _step(facts, StepSays.review_late, _does(facts, StepDoes.ask_for_ballot), due_on=facts.handle_by)
    if facts.applies:
        read: dict[str, Any] = {"doer": StepDoer.network, "doer_names": named((facts.network,))}
        where = StepPlace(kind="application", id=facts.application_id)
        more: dict[str, Any] = {
            "names": named((facts.network,)),
            "number": facts.case_number,
            "place": where,
            "due_on": facts.handle_by,
        }
        return _step(facts, StepSays.submitted, StepDoes.read_version, **read | more)
    return _step(facts, StepSays.handling_waits, due_on=facts.handle_by)


def _received(facts: HandlingFacts) -> NextStep:
    if facts.leads and facts.tied:
        return _step(facts, StepSays.handling_tied, due_on=facts.handle_by)
    return _review_for_others(facts)


def _in_review(facts: HandlingFacts) -> NextStep:
    if facts.holds_on is not None:
        return _step(facts, StepSays.decision_holds, day=facts.holds_on)
    if facts.decision_waits:
        return _step(facts, StepSays.decision_recorded, doer=StepDoer.second_person)
    due: dict[str, Any] = {"due_on": facts.handle_by}
    if "give_statement" in facts.may:
        return _step(facts, StepSays.statement_due, StepDoes.give_statement, **due)
    if facts.by_meeting and "record_decision" in facts.may:
        return _step(facts, StepSays.meeting_decides, StepDoes.record_decision, day=facts.next_meeting, **due)
    if not facts.read and "record_reading" in facts.may:
        return _step(facts, StepSays.not_read, StepDoes.record_reading, **due)
    if "open_ballot" in facts.may:
        return _step(facts, StepSays.ready_for_ballot, StepDoes.open_ballot, count=facts.electors, **due)
    if facts.leads and facts.tied:
        return _step(facts, StepSays.handling_tied, **due)
    if facts.by_meeting and not facts.applies:
        return _step(facts, StepSays.meeting_decides, day=facts.next_meeting, **due)
    return _review_for_others(facts)


def _returned(facts: HandlingFacts) -> NextStep:
    return _step(
        facts,
        StepSays.returned,
        count=facts.answered,
        total=facts.points,
        due_on=facts.answer_by,
        doer=StepDoer.applicant,
        doer_names=[],
    )


def _in_ballot(facts: HandlingFacts) -> NextStep:
    if facts.closes_at is None:
        return _counted(facts)
    ends: dict[str, Any] = {"closes_at": facts.closes_at}
    if facts.vote is not OwnVote.none:
        says = StepSays.voted if facts.vote is OwnVote.cast else StepSays.vote_recorded
        return _step(
            facts, says, StepDoes.change_vote if facts.may_vote else None, names=named(facts.member), **ends
        ).model_copy(update={"doer": StepDoer.members, "doer_names": []})
    if facts.applies:
        return _step(facts, StepSays.ballot_of_network, doer=StepDoer.members, names=named((facts.network,)), **ends)
    return _step(
        facts, StepSays.ballot_open, count=facts.turnout, total=facts.base, doer=StepDoer.members, doer_names=[], **ends
    )


def _counted(facts: HandlingFacts) -> NextStep:
    """The votes are counted: who leads concludes by them."""
    due: dict[str, Any] = {"due_on": facts.effect_on}
    if facts.unanswered and "answer_condition" in facts.may:
        return _step(facts, StepSays.ballot_conditions, StepDoes.answer_conditions, count=facts.unanswered, **due)
    for action in (StepDoes.endorse, StepDoes.decline):
        if action.value in facts.may:
            return _step(facts, StepSays.ballot_counted, action, **due)
    if "reopen_review" in facts.may:
        says = StepSays.ballot_no_quorum if facts.outcome is Outcome.no_quorum else StepSays.ballot_counted
        return _step(facts, says, StepDoes.reopen_review, **due)
    return _step(facts, StepSays.counted, **due)


def _endorsed(facts: HandlingFacts) -> NextStep:
    until: dict[str, Any] = {"number": facts.number, "day": facts.valid_until}
    if facts.under_review:
        return _step(facts, StepSays.endorsement_under_review, number=facts.number)
    if facts.newer_version and {"confirm_conditions", "take_new_version"} & facts.may:
        return _step(facts, StepSays.newer_version, StepDoes.compare)
    if facts.conditions:
        doer: dict[str, Any] = {"doer": StepDoer.applicant, "doer_names": []}
        return _step(
            facts, StepSays.endorsed_conditions, StepDoes.see_conditions, count=facts.conditions, **until | doer
        )
    return _step(facts, StepSays.endorsed, StepDoes.certificate, doer=StepDoer.nobody, **until)


def _declined(facts: HandlingFacts) -> NextStep:
    return _step(facts, StepSays.declined, StepDoes.read_reasons, doer=StepDoer.nobody, day=facts.decided_on)


def _stated(facts: HandlingFacts) -> NextStep:
    return _step(facts, StepSays.stated, StepDoes.read_statement, doer=StepDoer.nobody, day=facts.decided_on)


def _ended(facts: HandlingFacts) -> NextStep:
    again = _does(facts, StepDoes.ask_again)
    doer = StepDoer.you if again else StepDoer.nobody
    return _step(facts, StepSays.ended, again, doer=doer, doer_names=[], day=facts.decided_on)


HANDLING: Mapping[S, Callable[[HandlingFacts], NextStep]] = {
    S.received: _received,
    S.in_review: _in_review,
    S.returned: _returned,
    S.in_ballot: _in_ballot,
    S.endorsed: _endorsed,
    S.declined: _declined,
    S.stated: _stated,
    S.lapsed: _ended,
    S.withdrawn: _ended,
}


def handling_step(facts: HandlingFacts) -> NextStep:
    """What comes next in a handling: a task of the reader's first, else what the state says."""
    for ask in facts.asks[:1]:
        return _asked(facts, ask)
    return HANDLING[facts.state](facts)


def _asked(facts: HandlingFacts, ask: Ask) -> NextStep:
    """The reader's task; what is decided, or concluded by a ballot, is said as the actions that are possible say."""
    said = _BY_ACTION[ask.kind](facts) if ask.kind in _BY_ACTION else None
    if said is not None and said.does is not None:
        own: dict[str, Any] = {"task": ask.kind, "doer": StepDoer.you, "doer_names": [], "due_on": ask.due_on}
        return said.model_copy(update=own | {"late": is_late(ask.due_on, facts.today)})
    more: dict[str, Any] = {}
    if ask.kind == "handling_to_review":
        more = {"count": facts.version}
    if ask.kind == "handling_to_mend":
        more = {"count": facts.points - facts.answered}
    if ask.kind == "vote_to_cast":
        more = {"closes_at": facts.closes_at}
    return asked(ask, today=facts.today, **more)


def _deciding(facts: HandlingFacts) -> NextStep:
    """What is to be decided; by a meeting also where ballots had no result so often that no other is opened."""
    said = _in_review(facts)
    if said.does is None and "record_decision" in facts.may:
        due: dict[str, Any] = {"day": facts.next_meeting, "due_on": facts.handle_by}
        return _step(facts, StepSays.meeting_decides, StepDoes.record_decision, **due)
    return said


_BY_ACTION: Mapping[str, Callable[[HandlingFacts], NextStep]] = {
    "ballot_to_conclude": _counted,
    "handling_to_decide": _deciding,
}
ENDED = frozenset({S.lapsed, S.withdrawn})


def answer_stage(facts: HandlingFacts) -> StageName:
    """How the network answers."""
    if not facts.decides:
        return StageName.statement
    decided_there = facts.by_meeting or facts.decision_waits or facts.holds_on is not None
    return StageName.meeting if decided_there else StageName.ballot


def work_by(facts: HandlingFacts) -> date | None:
    """By when who has it now is to be done with it: the applicant, where it was returned to them."""
    return facts.answer_by if facts.state is S.returned else facts.handle_by


def handling_line(facts: HandlingFacts) -> list[Stage]:
    """Received, in review, the ballot (a meeting, a statement), concluded."""
    concluded = facts.state in (S.endorsed, S.declined, S.stated)
    return line(
        (
            Part(StageName.received, done=facts.state is not S.received, on=facts.received_on),
            Part(
                StageName.in_review,
                done=concluded or facts.state is S.in_ballot,
                on=facts.reviewed_on or facts.decided_on,
                by=work_by(facts),
            ),
            Part(answer_stage(facts), done=concluded, on=facts.decided_on, by=facts.closes_on),
            Part(StageName.concluded, done=concluded, on=facts.decided_on, by=facts.effect_on),
        ),
        today=facts.today,
        over=facts.state in ENDED,
    )
