"""Reads: the parties know of an agreement; before its first proposal, those who draft it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, exists, func, literal
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Integer, Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope
from puumerkki.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementSignature,
    AgreementState,
    AgreementVersion,
)
from puumerkki.agreements.queries.filters import ends_by, has_party, has_theme, runs_between
from puumerkki.agreements.queries.views import shown
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.listings import (
    AccessPath,
    Filter,
    Join,
    Listing,
    Sort,
    json_list,
    json_object,
    visible_in,
    visible_via,
)
from puumerkki.kernel.reads.matching import contains
from puumerkki.kernel.subjects import AudienceFilter, Subject, readable_row
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.reports.reportable import Reported, number, party


def _drafts(caller: Caller, permission: P, of: Any) -> AccessPath:
    return by_scope(permission, caller, at=col(of.drafted_by_organisation_id))


def _takes_part(caller: Caller, permission: P) -> AccessPath:
    party = aliased(AgreementParty)
    return by_scope(
        permission, caller, at=col(party.organisation_id), also=col(party.informed), key=col(party.agreement_id)
    )


def access_paths(caller: Caller, *, permission: P = P.agreements_read, of: Any = Agreement) -> list[AccessPath]:
    """How a caller may know of an agreement."""
    return [_drafts(caller, permission, of), _takes_part(caller, permission)]


def readable(caller: Caller, *, permission: P = P.agreements_read, of: Any = Agreement) -> ColumnElement[bool]:
    """SQL over `agreement`: what a caller may know of."""
    paths = access_paths(caller, permission=permission, of=of)
    return literal(False) if caller.anonymous else visible_via(paths, col(of.id))


def _sees(permission: P = P.agreements_read, *, drafter: bool = False) -> AudienceFilter:
    def sees(key: Any, caller: Caller) -> ColumnElement[bool]:
        one = aliased(Agreement)
        told = [_drafts(caller, permission, one)] if drafter else access_paths(caller, permission=permission, of=one)
        return exists().where(col(one.id) == key, visible_via(told, col(one.id)))

    return sees


async def _title(session: AsyncSession, agreement_id: UUID) -> dict[str, str]:
    found = await session.exec(select(Agreement.language, shown("title")).where(col(Agreement.id) == agreement_id))
    language, title = found.one()
    return {language: title}


def _title_sql(agreement_id: Any) -> ColumnElement[Any]:
    titled = func.jsonb_build_object(col(Agreement.language), shown("title"))
    return core_select(titled).where(col(Agreement.id) == agreement_id).scalar_subquery()


async def _scopes(session: AsyncSession, agreement_id: UUID) -> frozenset[UUID]:
    return frozenset(await party_ids(session, agreement_id, ever=True))


SUBJECT = Subject(
    kind="agreement",
    readable=lambda caller: select(Agreement.id).where(readable(caller)),
    audiences={"parties": _sees(), "applicants": _sees(), "own": _sees(drafter=True)}
    | {"answerers": _sees(P.agreements_write)},
    title=_title,
    title_sql=_title_sql,
    scopes=_scopes,
)


def _reported() -> Select[Any]:
    """The parties of what all have signed: each reports, and accepts what the others report."""
    columns = party(col(AgreementParty.agreement_id), col(AgreementParty.organisation_id), reports=True, accepts=True)
    parties = core_select(*columns).join(Agreement, col(Agreement.id) == col(AgreementParty.agreement_id))
    return parties.where(col(Agreement.version_in_force).is_not(None))


def _known(caller: Caller) -> list[Select[Any]]:
    return [core_select(col(Agreement.id)).where(visible_in(access_paths(caller), col(Agreement.id)))]


def _numbers() -> list[Select[Any]]:
    own = number(col(Agreement.id), col(Agreement.reference), organisation_id=col(Agreement.drafted_by_organisation_id))
    return [core_select(*own), core_select(*number(col(Agreement.id), shown("title")))]


REPORTED = Reported("agreement", _reported, _known, _numbers)


def in_force() -> ColumnElement[bool]:
    """SQL over `agreement` and `agreement_version`: the version that all parties signed last."""
    return and_(
        col(AgreementVersion.agreement_id) == col(Agreement.id),
        col(AgreementVersion.number) == col(Agreement.version_in_force),
    )


def parties_of(*, ever: bool = False) -> ColumnElement[Any]:
    """SQL over `agreement`: its parties in their order; `ever`: also those whose successor has taken their place."""
    party = aliased(AgreementParty)
    name = json_object({"id": col(Organisation.id), "names": col(Organisation.names)})
    return (
        core_select(json_list(name, order=col(party.place)))
        .select_from(party)
        .join(Organisation, col(Organisation.id) == col(party.organisation_id))
        .where(
            col(party.agreement_id) == col(Agreement.id),
            *(() if ever else (col(party.last_version).is_(None),)),
        )
        .correlate(Agreement)
        .scalar_subquery()
    )


AGREEMENTS = Listing(
    name="agreements",
    item={
        "id": col(Agreement.id),
        "kind": col(Agreement.kind),
        "state": col(Agreement.state),
        "title": shown("title"),
        "language": col(Agreement.language),
        "starts_on": shown("starts_on"),
        "ends_on": shown("ends_on"),
        "parties": parties_of(),
        "current_version": col(Agreement.current_version),
        "version_in_force": col(Agreement.version_in_force),
        "created_at": col(Agreement.created_at),
        "updated_at": col(Agreement.updated_at),
        "version": col(Agreement.version),
    },
    source=lambda select: select.select_from(Agreement),
    display=(Join(AgreementVersion, in_force(), outer=True),),
    readable=readable,
    access_paths=access_paths,
    sorts={
        "-created_at": Sort((col(Agreement.created_at), col(Agreement.id)), descending=True),
        "title": Sort((col(Agreement.sort_key), col(Agreement.id))),
    },
    filters={
        "organisation": Filter(by=has_party, type_=Uuid()),
        "application": Filter(col(Agreement.application_id)),
        "state": Filter(col(Agreement.state)),
        "kind": Filter(col(Agreement.kind)),
        "theme": Filter(by=has_theme, type_=Text()),
        "year": Filter(by=lambda year: runs_between(year, year), type_=Integer()),
        "ends_by": Filter(by=ends_by, type_=Date()),
        "q": Filter(by=lambda text: contains(shown("title"), text), type_=Text()),
    },
)


async def agreement(
    session: AsyncSession, caller: Caller, agreement_id: UUID, *, for_update: bool = False
) -> Agreement:
    """An agreement that the caller may know of, or NotFound."""
    return await readable_row(session, caller, SUBJECT, Agreement, agreement_id, for_update=for_update)


async def successor(session: AsyncSession, caller: Caller, agreement_id: UUID) -> UUID | None:
    """The agreement that goes on from one, as far as the caller may know of it."""
    found = await session.exec(
        select(Agreement.id)
        .where(
            col(Agreement.renews_id) == agreement_id,
            col(Agreement.state) != AgreementState.cancelled,
            readable(caller),
        )
        .order_by(col(Agreement.created_at).desc())
        .limit(1),
        params=caller.params(),
    )
    return found.first()


async def is_renewed(session: AsyncSession, agreement_id: UUID) -> bool:
    """Whether another agreement that goes on from one has been signed by all."""
    found = await session.exec(
        select(Agreement.id).where(
            col(Agreement.renews_id) == agreement_id, col(Agreement.version_in_force).is_not(None)
        )
    )
    return found.first() is not None


async def parties(
    session: AsyncSession, agreement_id: UUID, *, ever: bool = False
) -> Sequence[tuple[AgreementParty, Organisation]]:
    """The parties in their order; `ever`: also those whose successor has taken their place."""
    found = await session.exec(
        select(AgreementParty, Organisation)
        .join(Organisation, col(Organisation.id) == col(AgreementParty.organisation_id))
        .where(
            col(AgreementParty.agreement_id) == agreement_id,
            *(() if ever else (col(AgreementParty.last_version).is_(None),)),
        )
        .order_by(col(AgreementParty.place))
    )
    return found.all()


async def party_ids(session: AsyncSession, agreement_id: UUID, *, ever: bool = False) -> tuple[UUID, ...]:
    """The parties' ids in their order."""
    return tuple(organisation.id for _, organisation in await parties(session, agreement_id, ever=ever))


async def version(session: AsyncSession, agreement_id: UUID, number: int | None) -> AgreementVersion:
    """A frozen version, or NotFound."""
    found = await session.exec(
        select(AgreementVersion).where(
            col(AgreementVersion.agreement_id) == agreement_id, col(AgreementVersion.number) == number
        )
    )
    one = found.one_or_none()
    if one is None:
        raise NotFound()
    return one


async def signatures(session: AsyncSession, agreement_id: UUID) -> Sequence[AgreementSignature]:
    """All signatures, by version and time."""
    found = await session.exec(
        select(AgreementSignature)
        .where(col(AgreementSignature.agreement_id) == agreement_id)
        .order_by(col(AgreementSignature.version_number), col(AgreementSignature.signed_at), col(AgreementSignature.id))
    )
    return found.all()


async def signers(session: AsyncSession, agreement: Agreement) -> frozenset[UUID]:
    """The parties that have signed the newest version."""
    found = await signatures(session, agreement.id)
    return frozenset(one.organisation_id for one in found if one.version_number == agreement.current_version)
