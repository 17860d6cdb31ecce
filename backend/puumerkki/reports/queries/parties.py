"""Who stands around what is reported on: who reports, and who accepts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller
from puumerkki.access.permissions import P
from puumerkki.kernel import subjects
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.reports import reportable


@dataclass(frozen=True)
class Party:
    """A party of one thing. All of them evaluate."""

    id: UUID
    names: dict[str, str]
    reports: bool
    accepts: bool


async def parties_of(session: AsyncSession, subject: Ref) -> Sequence[Party]:
    """The parties of one thing, by name."""
    party = reportable.parties()
    found = await session.exec(
        select(
            col(Organisation.id), col(Organisation.names), func.bool_or(party.c.reports), func.bool_or(party.c.accepts)
        )
        .join(party, party.c.organisation_id == col(Organisation.id))
        .where(party.c.subject_kind == subject.kind, party.c.subject_id == subject.id)
        .group_by(col(Organisation.id))
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
    return [Party(*one) for one in found.all()]


async def readable_parties(
    session: AsyncSession, caller: Caller, subject: Ref, *, audience: str | None = None
) -> Sequence[Party]:
    """The parties of a thing that the caller may know of (and is of the audience of), or NotFound."""
    if subject.kind not in reportable.kinds():
        raise NotFound()
    asked = () if audience is None else (audience,)
    audiences = await subjects.audiences_of(session, caller, subjects.subject(subject.kind), subject.id, asked)
    if audiences is None or not audiences >= set(asked):
        raise NotFound()
    return await parties_of(session, subject)


async def require_party(
    session: AsyncSession, actor: Actor, subject: Ref, organisation_id: UUID, *, reports: bool
) -> None:
    """Forbidden unless the actor writes for the organisation; Invalid unless that is a party of a thing it may know of.

    `reports`: not only a party, but one that reports.
    """
    actor.require(P.reports_write, on=organisation_id)
    if subject.kind not in reportable.kinds():
        raise invalid("/subject_kind", "subject_kind_unknown", "There is no such kind of thing to report on.")
    try:
        found = await readable_parties(session, actor, subject)
    except NotFound:
        raise invalid("/subject_id", "subject_unknown", "There is no such thing, or you may not see it.") from None
    if not any(one.id == organisation_id and (one.reports or not reports) for one in found):
        raise invalid("/organisation_id", "not_a_party", "The organisation is no party.")


async def names(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, dict[str, Any]]:
    """Organisations as the API shows them, by id."""
    found = await session.exec(select(Organisation.id, Organisation.names).where(col(Organisation.id).in_(set(ids))))
    return {id_: {"id": id_, "names": one} for id_, one in found.all()}
