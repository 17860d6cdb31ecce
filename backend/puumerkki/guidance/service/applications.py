"""What the next step in an application depends on, with all that has come of it as far as the reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries import views
from puumerkki.applications.queries.applicants import writer_ids
from puumerkki.applications.queries.application_facts import gather_facts, newest_version
from puumerkki.applications.schemas.application_views import ApplicationPublic
from puumerkki.calls.models import FundingCall
from puumerkki.filings import queries as filings
from puumerkki.filings.models import Filing
from puumerkki.guidance.schemas import Recipients
from puumerkki.guidance.service.answering import days_to_answer, required_by
from puumerkki.guidance.service.filings import filing_facts
from puumerkki.guidance.service.handlings import handling_facts
from puumerkki.guidance.service.partner_requests import case_facts
from puumerkki.guidance.workflow.applications import ApplicationFacts, last_useful_day
from puumerkki.guidance.workflow.asked import Ask, as_names
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel import clock
from puumerkki.partnerships.models.partner_requests import PartnerRequest


@dataclass(frozen=True)
class Whole:
    """An application as one actor sees it, with what has come of it."""

    shown: ApplicationPublic
    handlings: Sequence[Handling]
    cases: Sequence[PartnerRequest]
    filings: Sequence[Filing]

    def ids(self) -> list[UUID]:
        """All subjects in which something may wait."""
        return [self.shown.id, *(one.id for part in (self.handlings, self.cases, self.filings) for one in part)]


async def whole(session: AsyncSession, actor: Actor, application: Application) -> Whole:
    """The application with its handlings, cases and filings, those that the actor may know of."""
    shown = await views.view(session, actor, application)
    handlings = [one.handling.id for one in shown.networks if one.handling]
    cases = [one.partner_request.id for one in shown.authorities if one.partner_request]
    filed = select(Filing).where(col(Filing.application_id) == application.id, filings.readable(actor))
    found = await session.exec(filed.order_by(col(Filing.created_at), col(Filing.id)), params=actor.params())
    return Whole(
        shown,
        [await session.get_one(Handling, one) for one in handlings],
        [await session.get_one(PartnerRequest, one) for one in cases],
        found.all(),
    )


async def application_facts(
    session: AsyncSession, actor: Actor, application: Application, of: Whole, asks: tuple[Ask, ...]
) -> ApplicationFacts:
    """The facts of an application that the actor may know of, as far as they may know them."""
    writers = await writer_ids(session, application)
    writes = of.shown.working_copy and any(actor.may(P.applications_write, one) for one in writers)
    version = await newest_version(session, application)
    submit = next((one for one in of.shown.available_actions if one.action == "submit"), None)
    names = [as_names(one.names) for one in (of.shown.applicant, *of.shown.co_applicants)]
    ended = application.state in ("withdrawn", "closed")
    return ApplicationFacts(
        id=application.id,
        today=clock.today(),
        state=application.state,
        writes=writes,
        applies=of.shown.working_copy,
        may=frozenset(one.action for one in of.shown.available_actions if one.allowed),
        asks=asks,
        applicants=tuple(names),
        blocked=submit.blocked_by if submit else None,
        begun_on=clock.day_of(application.created_at),
        submitted_on=clock.day_of(version.created_at) if version else None,
        ended_on=clock.day_of(application.updated_at) if ended else None,
        networks=len(of.shown.networks),
        authorities=len(of.shown.authorities),
        handlings=tuple([await handling_facts(session, actor, one, ()) for one in of.handlings]),
        cases=tuple([await case_facts(session, actor, one, ()) for one in of.cases]),
        filings=tuple([await filing_facts(session, actor, one, ()) for one in of.filings]),
        **await _of_call(session, of),
        **(await _missing(session, actor, application, of, writers) if writes else {}),
    )


async def _missing(
    session: AsyncSession, actor: Actor, application: Application, of: Whole, writers: frozenset[UUID]
) -> dict[str, Any]:
    """What stands in the way of submitting, for who writes it."""
    facts = await gather_facts(session, application, writers, actor=actor)
    barring = facts.networks_not_member_of or facts.networks_not_accepted
    return {
        "missing": (*facts.missing, *(() if facts.call_has_partner else (Recipients.authorities,))),
        "silent": tuple(one["names"] for one in facts.unanswered),
        "barring": tuple(as_names(one.names) for one in of.shown.networks if one.network_id in barring),
        "barring_id": barring[0] if barring else None,
    }


async def _of_call(session: AsyncSession, of: Whole) -> dict[str, Any]:
    """Its last day, and the last useful one: of the networks asked; before any is, of those that the call demands."""
    call = await session.get(FundingCall, of.shown.call_id) if of.shown.call_id else None
    if call is None:
        return {}
    closes_on = clock.last_day(call.closes_at)
    demanded = await required_by(session, call.id)
    days = await days_to_answer(session, [one.network_id for one in of.shown.networks] or [*demanded])
    return {
        "closes_on": closes_on,
        "submit_by": last_useful_day(closes_on, max(days.values(), default=0)),
        "needs_authority": call.partner_required or bool(demanded),
    }
