"""Finds who leads a handling where every coordinator is tied: the chair, then the secretary, then whom two chose.

And who records what a meeting decided where every secretary takes no part: the coordinator, then the chair.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, and_, case, exists, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import REPRESENTATIVES, Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.models.leads import LeadChoice
from puumerkki.handlings.queries.interests import of_umbrella_sql
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.kernel.workflow import MayAct

_OFFICES = (Role.coordinator, Role.chair, Role.secretary)
_RECORDING = (Role.secretary, Role.coordinator, Role.chair)
_LEADS = frozenset({P.handlings_lead, P.handlings_record, P.handlings_confirm})


@dataclass(frozen=True)
class Of:
    """SQL of one handling: its application, its network, whom two chose, and the present moment."""

    application_id: Any
    network_id: Any
    lead_id: Any
    now: Any


def _held(grant: Any, of: Of, *roles: Role) -> ColumnElement[bool]:
    return and_(
        col(grant.scope_id) == of.network_id,
        col(grant.role).in_(roles),
        or_(col(grant.expires_at).is_(None), col(grant.expires_at) > of.now),
    )


def _leads(grant: Any, of: Of) -> ColumnElement[bool]:
    """SQL over a role: its holder leads, by office or because two chose them, where nobody comes before them."""
    by_office, chosen = _held(grant, of, *_OFFICES), _held(grant, of, *REPRESENTATIVES)
    return or_(by_office, and_(chosen, col(grant.principal_id) == of.lead_id))


def _place(grant: Any, offices: tuple[Role, ...]) -> ColumnElement[int]:
    """SQL over a role: its place among the offices, one that is none of them last."""
    places: ColumnElement[int] = case(
        *((col(grant.role) == role, place) for place, role in enumerate(offices)), else_=len(offices)
    )
    return places


def _takes_part(person: Any, of: Of) -> ColumnElement[bool]:
    """SQL: somebody can sign in, is not tied and no operator."""
    account, operates = aliased(User), aliased(RoleGrant)
    operator = exists().where(col(operates.principal_id) == person, col(operates.role) == Role.operator)
    there = exists().where(col(account.id) == person, col(account.state) == UserState.active)
    return and_(
        there.correlate_except(account),
        ~operator.correlate_except(operates),
        ~is_tied_sql(person, of.application_id, of.network_id),
    )


def stands_in_sql(person: Any, of: Of) -> ColumnElement[bool]:
    """SQL: somebody leads in place of coordinators who are all tied: nobody who takes part comes before them."""
    mine, before = aliased(RoleGrant), aliased(RoleGrant)
    first = exists().where(
        _leads(before, of), _place(before, _OFFICES) < _place(mine, _OFFICES), _takes_part(col(before.principal_id), of)
    )
    return (
        exists()
        .where(
            col(mine.principal_id) == person,
            _leads(mine, of),
            col(mine.role) != Role.coordinator,
            _takes_part(col(mine.principal_id), of),
            ~first.correlate_except(before),
        )
        .correlate_except(mine)
    )


def records_sql(person: Any, of: Of, received_at: Any, *, instead: bool = False) -> ColumnElement[bool]:
    """SQL: somebody records what a meeting decided: nobody who can comes before them. `instead`: of secretaries.

    Who can was in office before the version arrived, takes part, and is not of an applicant's umbrella.
    """
    mine, before = aliased(RoleGrant), aliased(RoleGrant)
    earlier = _place(before, _RECORDING) < _place(mine, _RECORDING)
    first = exists().where(_records(before, of, received_at), earlier).correlate_except(before)
    found = exists().where(col(mine.principal_id) == person, _records(mine, of, received_at), ~first)
    return (found.where(col(mine.role) != Role.secretary) if instead else found).correlate_except(mine)


def _records(grant: Any, of: Of, received_at: Any) -> ColumnElement[bool]:
    """SQL over a role: its holder could record."""
    return and_(
        _held(grant, of, *_RECORDING),
        col(grant.created_at) <= received_at,
        _takes_part(col(grant.principal_id), of),
        ~of_umbrella_sql(col(grant.principal_id), of.application_id),
    )


def nobody_leads_sql(of: Of) -> ColumnElement[bool]:
    """SQL: everybody in office is tied, and nobody untied was chosen."""
    grant = aliased(RoleGrant)
    return ~exists().where(_leads(grant, of), _takes_part(col(grant.principal_id), of)).correlate_except(grant)


def of_row(now: Any) -> Of:
    """Over `handling`."""
    return Of(col(Handling.application_id), col(Handling.network_id), col(Handling.lead_id), now)


_NOW, _ID = param("now", DateTime(timezone=True)), param("handling", Uuid())
_STANDS_IN = Statement(
    lambda: core_select(col(Handling.id)).where(
        col(Handling.id) == _ID, stands_in_sql(param("person", Uuid()), of_row(_NOW))
    )
)
_RECORDS = Statement(
    lambda: core_select(col(Handling.id)).where(
        col(Handling.id) == _ID,
        records_sql(param("person", Uuid()), of_row(_NOW), col(Handling.received_at), instead=True),
    )
)
_NOBODY = Statement(
    lambda: core_select(col(Handling.id)).where(col(Handling.id) == _ID, nobody_leads_sql(of_row(_NOW)))
)


@dataclass(frozen=True)
class StandIn:
    """An actor who does in one handling what others in office do: leads it, or records what a meeting decided."""

    actor: Actor
    network_id: UUID
    given: frozenset[P]

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """As `Actor.may`, and what is given to them here."""
        return (permission in self.given and on == self.network_id) or self.actor.may(permission, on)

    def refusal(self, permission: Any) -> Forbidden:
        return self.actor.refusal(permission)


async def leading(session: AsyncSession, actor: Actor, handling: Handling) -> MayAct:
    """The actor, as one who leads the handling where they stand in for its coordinators.

    Or who records what a meeting decided, where they stand in for its secretaries.
    """
    network_id = handling.network_id
    if actor.id is None or actor.scopes is not None or not actor.may(P.networks_contribute, network_id):
        return actor
    asked = {"handling": handling.id, "person": actor.id, "now": clock.now()}
    leads, confirms = actor.may(P.handlings_lead, network_id), actor.may(P.handlings_confirm, network_id)
    if not leads and await _STANDS_IN.fetch_one(session, **asked) is not None:
        return StandIn(actor, network_id, _LEADS)
    records = (leads or confirms) and not actor.may(P.handlings_record, network_id)
    if records and handling.state is HandlingState.in_review and await _RECORDS.fetch_one(session, **asked) is not None:
        return StandIn(actor, network_id, frozenset({P.handlings_record}))
    return actor


async def nobody_leads(session: AsyncSession, handling: Handling) -> bool:
    """Tell whether everybody in office is tied, and nobody untied was chosen."""
    return await _NOBODY.fetch_one(session, handling=handling.id, now=clock.now()) is not None


def _stand_ins() -> SelectBase:
    person = aliased(RoleGrant)
    return (
        core_select(col(person.principal_id))
        .select_from(person)
        .join(Handling, col(Handling.network_id) == col(person.scope_id))
        .where(col(Handling.id) == _ID, stands_in_sql(col(person.principal_id), of_row(_NOW)))
        .distinct()
    )


def _untied_representatives() -> SelectBase:
    of = of_row(_NOW)
    return (
        core_select(col(RoleGrant.principal_id))
        .join(Handling, col(Handling.id) == _ID)
        .where(_held(RoleGrant, of, *REPRESENTATIVES), _takes_part(col(RoleGrant.principal_id), of))
        .distinct()
    )


_STAND_INS, _UNTIED_REPRESENTATIVES = Statement(_stand_ins), Statement(_untied_representatives)


async def stand_ins(session: AsyncSession, handling: Handling) -> list[UUID]:
    """Who leads in place of the coordinators; nobody where one of them is not tied."""
    return [id_ for (id_,) in await _STAND_INS.fetch_all(session, handling=handling.id, now=clock.now())]


async def untied_representatives(session: AsyncSession, handling: Handling) -> list[UUID]:
    """The ids of people who represent a member and are not tied."""
    return [id_ for (id_,) in await _UNTIED_REPRESENTATIVES.fetch_all(session, handling=handling.id, now=clock.now())]


async def choices(session: AsyncSession, handling_id: UUID) -> Sequence[LeadChoice]:
    """Whom representatives want to lead, the first choice first."""
    statement = select(LeadChoice).where(col(LeadChoice.handling_id) == handling_id)
    return (await session.exec(statement.order_by(col(LeadChoice.chosen_at), col(LeadChoice.id)))).all()
