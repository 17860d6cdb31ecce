"""Reads: needs are public once their network has agreed on them."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, granted
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.kernel.errors import FieldProblem, Invalid, NotFound
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.reads.listings import Filter, Join, Listing, Sort
from puumerkki.kernel.subjects import Subject, readable_row
from puumerkki.kernel.tasks import Ladder, PassesOn, Task, stands_at, waits
from puumerkki.needs.models import Need, NeedState
from puumerkki.needs.schemas import NeedFilters
from puumerkki.networks.models.networks import Network
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.reference.models import Area

_AGREED = (NeedState.agreed, NeedState.being_met, NeedState.met)
DAYS_TO_AGREE = 30
"""Within how many days a network is hoped to say whether it agrees on a need."""
_WORD = re.compile(r"\w+")


def _public(need: type[Need]) -> ColumnElement[bool]:
    return or_(
        col(need.state).in_(_AGREED), and_(col(need.state) == NeedState.dropped, col(need.agreed_at).is_not(None))
    )


def _party(need: type[Need], caller: Caller) -> ColumnElement[bool]:
    return or_(
        granted(P.networks_read, on=col(need.network_id), caller=caller),
        granted(P.needs_raise, on=col(need.raised_for_organisation_id), caller=caller),
    )


def readable(caller: Caller) -> ColumnElement[bool]:
    """SQL over `need`: what a caller may read."""
    return _public(Need) if caller.anonymous else or_(_public(Need), _party(Need, caller))


def readable_ids(caller: Caller) -> Select[Any]:
    """The ids of the needs that a caller may read, for the registry of subjects."""
    return core_select(col(Need.id)).where(readable(caller))


def of_parties(need_id: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller is of the network or the raising organisation of the need with this id."""
    found = aliased(Need)
    return core_select(col(found.id)).where(col(found.id) == need_id, _party(found, caller)).exists()


def of_network(need_id: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller is of the network of the need with this id."""
    return _granted_on_need(P.networks_read, "network_id", need_id, caller)


def leads(need_id: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller may agree on the need with this id."""
    return _granted_on_need(P.needs_agree, "network_id", need_id, caller)


def raises(need_id: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller may raise needs for the organisation for which the need with this id was raised."""
    return _granted_on_need(P.needs_raise, "raised_for_organisation_id", need_id, caller)


def _granted_on_need(permission: P, column: str, need_id: Any, caller: Caller) -> ColumnElement[bool]:
    found = aliased(Need)
    held = granted(permission, on=getattr(found, column), caller=caller)
    return core_select(col(found.id)).where(col(found.id) == need_id, held).exists()


async def _scopes(session: AsyncSession, need_id: UUID) -> frozenset[UUID]:
    """Who writes about a need may do so in its network or for the organisation that raised it."""
    found = await session.exec(select(Need.network_id, Need.raised_for_organisation_id).where(col(Need.id) == need_id))
    return frozenset(scope for scope in found.one() if scope is not None)


def _title_sql(need_id: Any) -> ColumnElement[Any]:
    titled = func.jsonb_build_object(col(Need.language), col(Need.title))
    return core_select(titled).where(col(Need.id) == need_id).scalar_subquery()


SUBJECT = Subject(
    kind="need",
    title_sql=_title_sql,
    readable=readable_ids,
    audiences={
        "parties": of_parties,
        "applicants": of_parties,
        "network": of_network,
        "answerers": raises,
        "leaders": leads,
    },
    scopes=_scopes,
)


def _words(parameter: Any) -> ColumnElement[bool]:
    # the expression of the index, word for word
    document: ColumnElement[Any] = literal_column("to_tsvector('finnish', need.title || ' ' || need.description)")
    return document.op("@@", is_comparison=True)(func.to_tsquery(literal_column("'finnish'"), parameter))


NEEDS = Listing(
    name="needs",
    item={
        "id": col(Need.id),
        "network_id": col(Need.network_id),
        "network_names": col(Network.names),
        "raised_for_organisation_id": col(Need.raised_for_organisation_id),
        "raised_for_names": col(Organisation.names),
        "municipality_code": col(Need.municipality_code),
        "area_id": col(Need.area_id),
        "area_names": col(Area.names),
        "target_groups": col(Need.target_groups),
        "title": col(Need.title),
        "description": col(Need.description),
        "evidence": col(Need.evidence),
        "language": col(Need.language),
        "state": col(Need.state),
        "agreed_at": col(Need.agreed_at),
        "closing_note": col(Need.closing_note),
        "created_at": col(Need.created_at),
        "updated_at": col(Need.updated_at),
        "version": col(Need.version),
    },
    source=lambda select: select.select_from(Need),
    display=(
        Join(Network, col(Network.id) == col(Need.network_id)),
        Join(Organisation, col(Organisation.id) == col(Need.raised_for_organisation_id), outer=True),
        Join(Area, col(Area.id) == col(Need.area_id), outer=True),
    ),
    sorts={
        "-created_at": Sort((col(Need.created_at), col(Need.id)), descending=True),
        "title": Sort((col(Need.sort_key), col(Need.id))),
    },
    readable=readable,
    filters={
        "network": Filter(col(Need.network_id)),
        "municipality": Filter(col(Need.municipality_code)),
        "area": Filter(col(Need.area_id)),
        "target_group": Filter(by=lambda code: code == func.any(col(Need.target_groups)), type_=Text()),
        "state": Filter(col(Need.state)),
        "words": Filter(by=_words, type_=Text()),
    },
)


def filters_of(query: NeedFilters) -> dict[str, Any]:
    """The listing's filters. Each word that somebody typed is looked for by its stem and as a beginning."""
    words = _WORD.findall(query.q or "")
    return {
        "network": query.network,
        "municipality": query.municipality,
        "area": query.area,
        "target_group": query.target_group,
        "state": query.state,
        "words": " & ".join(f"'{word}':*" for word in words) or None,
    }


async def readable_need(session: AsyncSession, caller: Caller, need_id: UUID, *, for_update: bool = False) -> Need:
    """A need that the caller may read, or NotFound."""
    return await readable_row(session, caller, SUBJECT, Need, need_id, for_update=for_update)


async def names_around(session: AsyncSession, need: Need) -> dict[str, Any]:
    """What the network, the organisation and the area of a need are called."""
    found = await session.exec(
        select(Network.names, Organisation.names, Area.names)
        .select_from(Need)
        .join(Network, col(Network.id) == col(Need.network_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Need.raised_for_organisation_id))
        .outerjoin(Area, col(Area.id) == col(Need.area_id))
        .where(col(Need.id) == need.id)
    )
    return dict(zip(("network_names", "raised_for_names", "area_names"), found.one(), strict=True))


async def need(session: AsyncSession, need_id: UUID) -> Need:
    """A need, or NotFound; for upper rooms, which check themselves who asks."""
    found = await session.get(Need, need_id)
    if found is None:
        raise NotFound()
    return found


async def require_needs(session: AsyncSession, ids: Iterable[UUID], pointer: str) -> None:
    """Invalid unless every id is that of a need that is agreed on or being met, so that an application can answer it.

    A need that was met or dropped since stays on the applications that named it.
    """
    wanted = list(ids)
    statement = select(Need.id).where(
        col(Need.id).in_(wanted), col(Need.state).in_((NeedState.agreed, NeedState.being_met))
    )
    known = set((await session.exec(statement)).all())
    problems = [
        FieldProblem(f"{pointer}/{number}", "need_unknown", "There is no such need that a network has agreed on.")
        for number, one in enumerate(wanted)
        if one not in known
    ]
    if problems:
        raise Invalid(problems=problems)


def _to_agree() -> Select[Any]:
    """Raised needs."""
    columns = waits(
        col(Need.id),
        scope_id=col(Need.network_id),
        network_id=col(Need.network_id),
        organisation_id=col(Need.raised_for_organisation_id),
        due_on=days_after(col(Need.created_at), DAYS_TO_AGREE),
        since=col(Need.created_at),
    )
    return core_select(*columns).where(stands_at(col(Need.state), NeedState.raised))


TASKS = (
    Task(
        kind="need_agreement",
        subject="need",
        permissions=(P.needs_agree,),
        ladder=Ladder.slow,
        passes_on=(PassesOn(0, (Role.chair,)),),
        rows=_to_agree,
    ),
)
