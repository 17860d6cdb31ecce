"""The next step in any thing that has one, for whoever asks."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.activity import tasks
from puumerkki.agreements.queries import agreements
from puumerkki.applications.queries import applications
from puumerkki.filings import queries as filings
from puumerkki.guidance.schemas import NextPublic
from puumerkki.guidance.service.agreements import agreement_facts
from puumerkki.guidance.service.applications import application_facts, whole
from puumerkki.guidance.service.filings import filing_facts
from puumerkki.guidance.service.handlings import handling_facts
from puumerkki.guidance.service.partner_requests import case_facts
from puumerkki.guidance.workflow.agreements import agreement_line, agreement_step
from puumerkki.guidance.workflow.application_way import application_line
from puumerkki.guidance.workflow.applications import application_step
from puumerkki.guidance.workflow.asked import Ask, Names
from puumerkki.guidance.workflow.filings import filing_line, filing_step
from puumerkki.guidance.workflow.handlings import handling_line, handling_step
from puumerkki.guidance.workflow.partner_requests import case_line, case_step
from puumerkki.handlings.queries import handlings
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.queries.partner_requests import readable_request


class Guided(StrEnum):
    """What has a next step."""

    application = "application"
    handling = "handling"
    partner_request = "partner_request"
    filing = "filing"
    agreement = "agreement"


async def next_in(session: AsyncSession, pool: ReadPool, *, actor: Actor, kind: Guided, key: UUID) -> NextPublic:
    """The next step in a thing that the actor may know of, or NotFound."""
    match kind:
        case Guided.application:
            application = await applications.application(session, actor, key)
            of = await whole(session, actor, application)
            asks = await _asks(session, pool, actor, of.ids())
            about = await application_facts(session, actor, application, of, asks)
            return NextPublic(step=application_step(about), stages=application_line(about))
        case Guided.handling:
            handling = await handlings.handling(session, actor, key)
            read = await handling_facts(session, actor, handling, await _asks(session, pool, actor, [key]))
            return NextPublic(step=handling_step(read), stages=handling_line(read))
        case Guided.partner_request:
            request = await readable_request(session, actor, key)
            case_ = await case_facts(session, actor, request, await _asks(session, pool, actor, [key]))
            return NextPublic(step=case_step(case_), stages=case_line(case_))
        case Guided.filing:
            filing = await filings.filing(session, actor, key)
            sent = await filing_facts(session, actor, filing, await _asks(session, pool, actor, [key]))
            return NextPublic(step=filing_step(sent), stages=filing_line(sent))
        case Guided.agreement:
            agreement = await agreements.agreement(session, actor, key)
            agreed = await agreement_facts(session, actor, agreement, await _asks(session, pool, actor, [key]))
            return NextPublic(step=agreement_step(agreed), stages=agreement_line(agreed))


async def _asks(session: AsyncSession, pool: ReadPool, actor: Actor, ids: Iterable[UUID]) -> tuple[Ask, ...]:
    """The actor's tasks in a thing and in what has come of it, the first that is due first."""
    found = await tasks.about(pool, caller=actor, subject_ids=ids)
    keys = {UUID(one["organisation_id"]) for one in found if one["organisation_id"]}
    named = await session.exec(
        select(col(Organisation.id), col(Organisation.names)).where(col(Organisation.id).in_(keys))
    )
    names: Mapping[UUID, Names] = dict(named.all())
    return tuple(_ask(one, names) for one in found)


def _ask(one: dict[str, Any], names: Mapping[UUID, Names]) -> Ask:
    whose = one["organisation_id"] and UUID(one["organisation_id"])
    return Ask(
        kind=one["kind"],
        subject_kind=one["subject_kind"],
        subject_id=UUID(one["subject_id"]),
        names=(names[whose],) if whose else (),
        due_on=one["due_on"] and date.fromisoformat(one["due_on"]),
    )
