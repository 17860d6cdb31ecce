"""Reads of this room. Confirmed organisations are public; contacts only where marked so."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    union_all,
)
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY, REGCONFIG, array
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, granted
from puumerkki.access.permissions import P
from puumerkki.kernel.errors import FieldProblem, Invalid, NotFound
from puumerkki.kernel.reads.listings import Filter, Item, Listing, Sort, json_object
from puumerkki.kernel.subjects import Subject
from puumerkki.organisations.models.organisations import Contact, ExternalId, Organisation, OrganisationVersion
from puumerkki.organisations.queries.visibility import pickable, readable

RELEVANCE_ENDS_AT = 200
ENOUGH = 20
"""So many names that hold the words are enough: no others are looked for that are only like them."""

_FINNISH = cast(literal_column("'finnish'"), REGCONFIG)
_TEXT = col(Organisation.search_text)


def _matches(words: Any) -> ColumnElement[bool]:
    """By parts of words or stems, and where these find little, by likeness. `words` are in lower case.

    Whatever a merged organisation was called finds the one that remains.
    """
    one = aliased(Organisation)
    text = col(one.search_text)
    part = func.regexp_replace(words, literal_column(r"'([\\%_])'"), literal_column(r"'\\\1'"), literal_column("'g'"))
    found = or_(
        text.like(literal_column("'%'").op("||")(part).op("||")(literal_column("'%'"))),
        func.to_tsvector(literal_column("'finnish'"), text).op("@@")(func.websearch_to_tsquery(_FINNISH, words)),
    )
    # gathered once: asked for its first rows only, PostgreSQL may look for them through the whole table
    exact = core_select(col(one.id), col(one.merged_into_id)).where(found).cte("exact")
    little = core_select(func.count() < literal_column(str(ENOUGH))).select_from(exact).scalar_subquery()
    alike = core_select(col(one.id), col(one.merged_into_id)).where(little, words.op("<%")(text))
    hits = union_all(core_select(exact.c.id, exact.c.merged_into_id), alike).cte("hits")
    way = core_select(hits.c.id, hits.c.merged_into_id).cte("way", recursive=True)
    on = aliased(Organisation)
    further = core_select(col(on.id), col(on.merged_into_id)).join(way, col(on.id) == way.c.merged_into_id)
    way = way.union(further)
    return col(Organisation.id).in_(core_select(way.c.id))


def _relevance() -> ColumnElement[int]:
    """Names that begin with the words, then those with a word that does, then those that hold them; shorter ones first.

    What holds only their stems, or is like them, follows by its likeness: that costs a hundred times more to tell.
    """
    words = bindparam("filter_q", None, type_=Text())
    place = func.strpos(_TEXT, words)
    begins = cast(place == 1, Integer) + cast(func.strpos(_TEXT, literal_column("' '").op("||")(words)) > 0, Integer)
    likeness = cast(func.word_similarity(words, _TEXT) * 1000, Integer)
    return case((place > 0, 3000 + 1000 * begins), else_=likeness) - func.least(func.length(_TEXT), 999)


_LISTED = {
    "id": col(Organisation.id),
    "names": col(Organisation.names),
    "sector": col(Organisation.sector),
    "legal_form": col(Organisation.legal_form),
    "business_id": col(Organisation.business_id),
    "association_register_number": col(Organisation.association_register_number),
    "home_municipality_code": col(Organisation.home_municipality_code),
    "municipality_codes": col(Organisation.municipality_codes),
    "website": col(Organisation.website),
    "state": col(Organisation.state),
    "confirmed": col(Organisation.confirmed_at).is_not(None),
    "created_at": col(Organisation.created_at),
    "version": col(Organisation.version),
}
EXTERNAL_IDS = (
    core_select(
        func.coalesce(func.json_object_agg(col(ExternalId.scheme), col(ExternalId.value)), literal_column("'{}'::json"))
    )
    .where(col(ExternalId.organisation_id) == col(Organisation.id))
    .correlate(Organisation)
    .scalar_subquery()
)

_into = aliased(Organisation)
_MERGED_INTO = (
    core_select(json_object({"id": col(_into.id), "names": col(_into.names)}))
    .where(col(_into.id) == col(Organisation.merged_into_id))
    .correlate(Organisation)
    .scalar_subquery()
)


def _listed(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: of two that were merged only the one that remains stands in lists."""
    return and_(readable(caller), col(Organisation.merged_into_id).is_(None))


def _to_pick(caller: Any) -> ColumnElement[bool]:
    return and_(pickable(caller), col(Organisation.merged_into_id).is_(None))


ORGANISATIONS = Listing(
    name="organisations",
    item=_LISTED,
    source=lambda select: select.select_from(Organisation),
    readable=_listed,
    sorts={
        "name": Sort((col(Organisation.sort_key), col(Organisation.id))),
        "-created_at": Sort((col(Organisation.created_at), col(Organisation.id)), descending=True),
        "relevance": Sort((_relevance(), col(Organisation.id)), descending=True, max_rows=RELEVANCE_ENDS_AT),
    },
    filters={
        "q": Filter(by=_matches, type_=Text()),
        "sector": Filter(col(Organisation.sector)),
        "municipality": Filter(
            by=lambda code: col(Organisation.municipality_codes).contains(cast(array([code]), ARRAY(Text())))
        ),
        "state": Filter(col(Organisation.state)),
    },
)
TO_PICK = replace(ORGANISATIONS, name="organisations_to_pick", readable=_to_pick)
ORGANISATION = Item(
    name="organisation",
    item=_LISTED
    | {
        "wellbeing_county_code": col(Organisation.wellbeing_county_code),
        "descriptions": col(Organisation.descriptions),
        "updated_at": col(Organisation.updated_at),
        "confirmed_at": col(Organisation.confirmed_at),
        "source": col(Organisation.source),
        "external_ids": EXTERNAL_IDS,
        "merged_into": _MERGED_INTO,
    },
    source=lambda select: select.select_from(Organisation),
    readable=readable,
    key=col(Organisation.id),
    version=col(Organisation.version),
)


def _of_its_past(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation_version`: what `may_see_history` says of the caller."""
    own = granted(P.organisations_read, on=col(OrganisationVersion.organisation_id), caller=caller)
    return or_(own, granted(P.platform_operate, on=None, caller=caller))


VERSIONS = Listing(
    name="organisation_versions",
    readable=_of_its_past,
    item={
        "number": col(OrganisationVersion.number),
        "created_at": col(OrganisationVersion.created_at),
        "changed_by": col(OrganisationVersion.changed_by),
        "content": col(OrganisationVersion.content),
    },
    source=lambda select: select.select_from(OrganisationVersion),
    sorts={"-number": Sort((col(OrganisationVersion.number), col(OrganisationVersion.id)), descending=True)},
    filters={"organisation": Filter(col(OrganisationVersion.organisation_id))},
)


def contact_readable(caller: Any) -> ColumnElement[bool]:
    """SQL over `contact`: public ones, and those of organisations that the caller may read."""
    public = col(Contact.public).is_(True)
    if caller.anonymous:
        return public
    return or_(public, granted(P.organisations_read, on=col(Contact.organisation_id), caller=caller))


CONTACTS = Listing(
    name="contacts",
    item={
        "id": col(Contact.id),
        "organisation_id": col(Contact.organisation_id),
        "name": col(Contact.name),
        "role": col(Contact.role),
        "email": col(Contact.email),
        "phone": col(Contact.phone),
        "public": col(Contact.public),
        "version": col(Contact.version),
    },
    source=lambda select: select.select_from(Contact),
    sorts={"created_at": Sort((col(Contact.created_at), col(Contact.id)))},
    readable=contact_readable,
    filters={"organisation": Filter(col(Contact.organisation_id))},
)


def sees(organisation_id: Any, caller: Any) -> ColumnElement[bool]:
    """SQL: the caller belongs to the organisation that the column names."""
    return granted(P.organisations_read, on=organisation_id, caller=caller)


def name_of(table: Any) -> ColumnElement[Any]:
    """Id and names of an organisation, as an object of an answer."""
    return json_object({"id": table.id, "names": table.names})


async def organisation(session: AsyncSession, organisation_id: UUID, *, for_update: bool = False) -> Organisation:
    """An organisation, or NotFound."""
    found = await session.get(Organisation, organisation_id, with_for_update=for_update)
    if found is None:
        raise NotFound()
    return found


async def external_ids(session: AsyncSession, organisation_id: UUID) -> dict[str, str]:
    """The organisation's ids in other systems, by scheme."""
    found = await session.exec(
        select(ExternalId.scheme, ExternalId.value)
        .where(col(ExternalId.organisation_id) == organisation_id)
        .order_by(col(ExternalId.scheme))
    )
    return dict(found.all())


async def require_organisations(session: AsyncSession, ids: Iterable[UUID], pointer: str) -> None:
    """Invalid unless every id is an organisation's; archived ones count."""
    wanted = set(ids)
    found = set((await session.exec(select(Organisation.id).where(col(Organisation.id).in_(wanted)))).all())
    if unknown := wanted - found:
        listed = ", ".join(sorted(str(one) for one in unknown))
        raise Invalid(problems=[FieldProblem(pointer, "organisation_unknown", f"Unknown: {listed}.")])


def may_see_people(actor: Actor, organisation_id: UUID) -> bool:
    """Who may see who has which roles: its people, and the operator who appoints the first owner."""
    return may_see_history(actor, organisation_id) or actor.may(P.people_manage, organisation_id)


def may_see_history(actor: Actor, organisation_id: UUID) -> bool:
    """Who may see what an organisation was: its people, and the operator."""
    return actor.may(P.organisations_read, organisation_id) or actor.may(P.platform_operate)


async def names_of(session: AsyncSession, organisation_id: UUID) -> dict[str, str]:
    """What an organisation is called, by language."""
    return dict((await session.exec(select(Organisation.names).where(col(Organisation.id) == organisation_id))).one())


def _names_sql(organisation_id: Any) -> ColumnElement[Any]:
    return core_select(col(Organisation.names)).where(col(Organisation.id) == organisation_id).scalar_subquery()


async def sector_of(session: AsyncSession, organisation_id: UUID) -> str:
    """What an organisation is in the field."""
    return str((await session.exec(select(Organisation.sector).where(col(Organisation.id) == organisation_id))).one())


SUBJECT = Subject(
    kind="organisation",
    title=names_of,
    title_sql=_names_sql,
    sector=sector_of,
    readable=lambda caller: core_select(col(Organisation.id)).where(readable(caller)),
    audiences={"parties": sees},
)
