"""Reads of handlings: who may see them, and what the steps need to know."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Uuid, and_, any_, cast, exists, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, granted
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.queries.frozen import version_title
from puumerkki.applications.queries.stakeholders import by_applicants, by_authorities, by_handovers, scopes_of
from puumerkki.disqualification.tie_cases import TieCase
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Handling, HandlingReading
from puumerkki.kernel.reads.listings import AccessPath, Filter, Join, Listing, Sort, json_list, json_object, visible_via
from puumerkki.kernel.subjects import AudienceFilter, Subject, readable_row
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import Network, NetworkMember
from puumerkki.networks.queries import rulebook_at, rulebook_in_force
from puumerkki.organisations.models.organisations import Organisation

_APPLICATION = col(Handling.application_id)
__all__ = ["HANDLINGS", "SUBJECT", "handling", "readable"]


def access_paths(caller: Caller) -> list[AccessPath]:
    """How a caller may know of a handling: applicants, the network, the authorities that are asked."""
    return [
        by_scope(P.handlings_read, caller, at=col(Handling.network_id)),
        *by_applicants(caller, P.applications_read, _APPLICATION),
        *by_authorities(caller, _APPLICATION),
        *by_handovers(caller, _APPLICATION),
    ]


def readable(caller: Caller) -> ColumnElement[bool]:
    """SQL over `handling`: what a caller may know of."""
    return visible_via(access_paths(caller), col(Handling.id))


# of the list itself: who may see a row is asked of the tables by their own names
_application, _applicant = aliased(Application), aliased(Organisation)


def _of_version() -> ColumnElement[bool]:
    return and_(
        col(ApplicationVersion.application_id) == col(Handling.application_id),
        col(ApplicationVersion.number) == col(Handling.version_number),
    )


def _asks() -> ColumnElement[Any]:
    """Whom the version asks to be a partner, and for what."""
    asked = (
        func.jsonb_array_elements(col(ApplicationVersion.content)["authorities"]).table_valued("value").alias("asked")
    )
    entry = cast(asked.c.value, JSONB)
    return (
        select(
            json_list(
                {"names": col(Organisation.names), "asks": entry["asks"].astext}, order=col(Organisation.sort_key)
            )
        )
        .select_from(asked)
        .join(Organisation, col(Organisation.id) == cast(entry["id"].astext, Uuid))
        .correlate(ApplicationVersion)
        .scalar_subquery()
    )


_AMOUNT = cast(col(ApplicationVersion.content)["amount_cents"].astext, BigInteger)
HANDLINGS = Listing(
    name="handlings",
    item={
        "id": col(Handling.id),
        "application_id": col(Handling.application_id),
        "title": col(ApplicationVersion.title),
        "applicant": json_object({"id": col(_applicant.id), "names": col(_applicant.names)}),
        "amount_cents": _AMOUNT,
        "asks": _asks(),
        "network_id": col(Handling.network_id),
        "network_names": col(Network.names),
        "state": col(Handling.state),
        "version_number": col(Handling.version_number),
        "received_at": col(Handling.received_at),
        "handle_by": col(Handling.handle_by),
        "decided_at": col(Handling.decided_at),
        "version": col(Handling.version),
    },
    source=lambda select: select.select_from(Handling),
    display=(
        Join(Network, col(Network.id) == col(Handling.network_id)),
        Join(ApplicationVersion, _of_version()),
        Join(_application, col(_application.id) == col(Handling.application_id)),
        Join(_applicant, col(_applicant.id) == col(_application.applicant_id)),
    ),
    readable=readable,
    access_paths=access_paths,
    sorts={
        "-received_at": Sort((col(Handling.received_at), col(Handling.id)), descending=True),
        "handle_by": Sort((col(Handling.handle_by), col(Handling.id))),
    },
    filters={
        "network": Filter(col(Handling.network_id)),
        "state": Filter(col(Handling.state)),
        "application": Filter(col(Handling.application_id)),
    },
)


def _sees(condition: Callable[[Caller], ColumnElement[bool]]) -> AudienceFilter:
    def sees(subject_id: Any, caller: Caller) -> ColumnElement[bool]:
        return exists().where(col(Handling.id) == subject_id, condition(caller))

    return sees


def _of_network(permission: P) -> Callable[[Caller], ColumnElement[bool]]:
    return lambda caller: granted(permission, on=col(Handling.network_id), caller=caller)


async def _title(session: AsyncSession, handling_id: UUID) -> dict[str, str]:
    statement = (
        select(ApplicationVersion.title, Application.language)
        .join(Handling, _of_version())
        .join(Application, col(Application.id) == col(Handling.application_id))
        .where(col(Handling.id) == handling_id)
    )
    title, language = (await session.exec(statement)).one()
    return {language: title}


async def _parents(session: AsyncSession, subject_id: UUID) -> tuple[UUID, ...]:
    """The application that it belongs to."""
    return tuple((await session.exec(select(Handling.application_id).where(col(Handling.id) == subject_id))).all())


async def _scopes(session: AsyncSession, subject_id: UUID) -> frozenset[UUID]:
    [application_id] = await _parents(session, subject_id)
    return await scopes_of(session, application_id)


SUBJECT = Subject(
    kind="handling",
    readable=lambda caller: select(Handling.id).where(readable(caller)),
    hangs_on=lambda ids: select(Handling.id).where(col(Handling.application_id) == any_(ids)),
    audiences={
        "parties": _sees(readable),
        "applicants": _sees(readable),
        "network": _sees(_of_network(P.handlings_read)),
        "authority": _sees(lambda caller: visible_via(by_authorities(caller, _APPLICATION), col(Handling.id))),
        "answerers": _sees(
            lambda caller: visible_via(by_applicants(caller, P.applications_write, _APPLICATION), col(Handling.id))
        ),
        "leaders": _sees(_of_network(P.handlings_lead)),
    },
    title=_title,
    title_sql=version_title(Handling),
    parents=_parents,
    scopes=_scopes,
)
"""What is said to the `applicants` is for all parties of the handling."""


def tie_case(found: Handling) -> TieCase:
    """The handling as a case in which ties may be disputed."""
    return TieCase(
        row=found,
        id=found.id,
        application_id=found.application_id,
        version_number=found.version_number,
        network_id=found.network_id,
    )


async def handling(session: AsyncSession, caller: Caller, handling_id: UUID) -> Handling:
    """A handling that this caller may see, or NotFound."""
    return await readable_row(session, caller, SUBJECT, Handling, handling_id)


async def has_reading(session: AsyncSession, handling: Handling) -> bool:
    """Whether a reading of the handling's version is recorded."""
    statement = select(HandlingReading.id).where(
        col(HandlingReading.handling_id) == handling.id,
        col(HandlingReading.version_number) == handling.version_number,
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def readings(session: AsyncSession, handling_id: UUID) -> Sequence[HandlingReading]:
    """All readings, the oldest first."""
    statement = select(HandlingReading).where(col(HandlingReading.handling_id) == handling_id)
    return (
        await session.exec(
            statement.order_by(col(HandlingReading.read_on), col(HandlingReading.created_at), col(HandlingReading.id))
        )
    ).all()


async def decisions(session: AsyncSession, handling_id: UUID) -> Sequence[RecordedDecision]:
    """All recorded decisions of meetings, the oldest first."""
    statement = select(RecordedDecision).where(col(RecordedDecision.handling_id) == handling_id)
    return (await session.exec(statement.order_by(col(RecordedDecision.created_at), col(RecordedDecision.id)))).all()


async def rule_of(session: AsyncSession, handling: Handling) -> DecisionRule | None:
    """The rule that governs a handling: of when its version arrived."""
    book = await rulebook_at(session, handling.network_id, handling.received_at)
    return None if book is None else DecisionRule.model_validate(book.rule)


async def rule_in_force(session: AsyncSession, network_id: UUID) -> DecisionRule | None:
    """The rule that the network decides by now."""
    book = await rulebook_in_force(session, network_id)
    return None if book is None else DecisionRule.model_validate(book.rule)


async def of_application(session: AsyncSession, application_id: UUID) -> Sequence[Handling]:
    """All handlings of an application, locked."""
    statement = select(Handling).where(col(Handling.application_id) == application_id).order_by(col(Handling.id))
    return (await session.exec(statement.with_for_update())).all()


async def member_ids(session: AsyncSession, network_id: UUID) -> frozenset[UUID]:
    """The members of a network, whatever their state."""
    statement = select(NetworkMember.id).where(col(NetworkMember.network_id) == network_id)
    return frozenset((await session.exec(statement)).all())


async def agreed(session: AsyncSession, actor: Actor, found: Handling) -> dict[str, Any] | None:
    """Who agreed on the statement of an advisory network, how and when; for which of them the caller speaks."""
    if found.agreed_how is None:
        return None
    statement = (
        select(NetworkMember.id, Organisation.id, Organisation.names)
        .join(NetworkMember, col(NetworkMember.organisation_id) == col(Organisation.id))
        .where(col(NetworkMember.id).in_(found.agreed_member_ids))
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
    members = (await session.exec(statement)).all()
    represented = actor.represented_members(found.network_id)
    return {
        "how": found.agreed_how,
        "on": found.agreed_on,
        "members": [names for _, _, names in members],
        "may_deny_for": [id_ for id_, organisation_id, _ in members if organisation_id in represented],
    }
