"""The way of an application from beginning to end: what is done, what is now, what is ahead."""

from collections.abc import Iterable
from datetime import date

from puumerkki.applications.models.applications import ApplicationState as S
from puumerkki.applications.models.recipients import HandlingState, PartnerRequestState
from puumerkki.filings.models import FilingState
from puumerkki.guidance.schemas import Stage, StageName
from puumerkki.guidance.workflow.applications import ANSWERED, HANDLED, ApplicationFacts
from puumerkki.guidance.workflow.handlings import HandlingFacts, answer_stage, work_by
from puumerkki.guidance.workflow.stages import Part, line

_PREPARES = frozenset({PartnerRequestState.in_preparation, PartnerRequestState.supplement_asked})


def application_line(facts: ApplicationFacts) -> list[Stage]:
    """Draft, submitted, the networks, how they answer, the puumerkki, the authorities, the funder, the report."""
    parts = [
        Part(StageName.draft, done=facts.submitted_on is not None, on=facts.begun_on),
        Part(StageName.submitted, done=facts.submitted_on is not None, on=facts.submitted_on, by=facts.submit_by),
        *_of_networks(facts),
        *_of_authorities(facts),
        *_of_funders(facts),
    ]
    return line(parts, today=facts.today, over=facts.state in (S.withdrawn, S.closed))


def _of_networks(facts: ApplicationFacts) -> Iterable[Part]:
    """Of several the slowest. A draft that names none has not chosen yet; without one afterwards there is none."""
    handlings = facts.handlings
    handled = [HANDLED[one.state] for one in handlings]
    networks = max(facts.networks, len(handled))
    past, answered = sum(one >= HANDLED[HandlingState.in_ballot] for one in handled), handled.count(ANSWERED)
    given = [one for one in handlings if one.state is HandlingState.endorsed]
    several = networks if networks > 1 else None
    none = networks == 0
    open_ = none and facts.state is S.draft
    yield Part(
        StageName.network,
        done=0 < networks == past,
        on=_last(one.reviewed_on or one.decided_on for one in handlings),
        by=_last(work_by(one) for one in handlings if HANDLED[one.state] < HANDLED[HandlingState.in_ballot]),
        skipped=none,
        unchosen=open_,
        count=several and past,
        total=several,
    )
    yield Part(
        _answer(handlings),
        done=0 < networks == answered,
        on=_last(one.decided_on for one in handlings),
        by=_last(one.closes_on for one in handlings),
        skipped=none,
        unchosen=open_,
        count=several and answered,
        total=several,
    )
    yield Part(
        StageName.endorsement,
        done=answered == networks and bool(given),
        on=_last(one.decided_on for one in given),
        skipped=none or (answered == networks and not given),
        unchosen=open_,
    )


def _answer(handlings: Iterable[HandlingFacts]) -> StageName:
    """How the networks answer, where all do so alike."""
    found = {answer_stage(one) for one in handlings}
    return found.pop() if len(found) == 1 else StageName.ballot


def _of_authorities(facts: ApplicationFacts) -> Iterable[Part]:
    """They stand as their cases do, whatever the networks are doing: one may be exempted from the requirement."""
    if not facts.authorities and not (facts.needs_authority and facts.state is S.draft):
        return
    decided = [one for one in facts.cases if one.state is PartnerRequestState.decided]
    total = facts.authorities if facts.authorities > 1 else None
    done = 0 < facts.authorities <= len(decided)
    yield Part(
        StageName.authority,
        done=done,
        on=_last(one.decided_on for one in decided),
        by=_last(one.decide_by for one in facts.cases if one.state in _PREPARES),
        unchosen=not facts.authorities,
        begun=any(one.state in _PREPARES for one in facts.cases),
        stands=done and not any(one.looked_at for one in decided),
        count=total and len(decided),
        total=total,
    )


def _of_funders(facts: ApplicationFacts) -> Iterable[Part]:
    filed = [one for one in facts.filings if one.filed_on]
    reported = [one for one in facts.filings if one.state in (FilingState.reported, FilingState.closed)]
    yield Part(
        StageName.funder,
        done=bool(filed),
        on=_last(one.filed_on for one in filed),
        by=facts.closes_on,
        stands=bool(filed),
    )
    yield Part(
        StageName.report,
        done=bool(reported),
        on=_last(one.reported_on for one in reported),
        by=min((one.report_on for one in filed if one.report_on), default=None),
    )


def _last(days: Iterable[date | None]) -> date | None:
    return max((one for one in days if one), default=None)
