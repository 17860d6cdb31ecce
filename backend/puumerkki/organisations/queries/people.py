"""Who has roles in an organisation, how organisations stand to each other, and what people declared."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Select, Text, Uuid, and_, bindparam, case, cast, exists, func, or_, text
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import ANONYMOUS, caller_id, granted
from puumerkki.access.models import Principal, RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import RoleOffer, ServiceAccount, User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.mail.models import MailAddress
from puumerkki.kernel.reads.listings import Filter, Join, Listing, Sort
from puumerkki.kernel.tasks import Task, waits
from puumerkki.organisations.models.organisations import Affiliation, Organisation, OrganisationRelation
from puumerkki.organisations.queries import name_of
from puumerkki.organisations.queries.visibility import as_operator

_NOW = bindparam("caller_now", None, type_=DateTime(timezone=True))
_SCOPE = bindparam("filter_organisation", None, type_=Uuid())
DAYS_TO_CORRECT = 14
"""Within how many days an address from which mail comes back is hoped to be corrected."""
_NAME = func.coalesce(col(User.name), col(ServiceAccount.name))


def _held(organisation_id: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        col(RoleGrant.principal_id) == col(Principal.id),
        col(RoleGrant.scope_id) == organisation_id,
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > _NOW),
    )


def _of_its_people(caller: Any) -> ColumnElement[bool]:
    """SQL: what `may_see_people` says of the caller and the organisation whose list is asked for."""
    own = (granted(one, on=_SCOPE, caller=caller) for one in (P.organisations_read, P.people_manage))
    return or_(*own, granted(P.platform_operate, on=None, caller=caller))


def _failed_at() -> ColumnElement[Any]:
    """SQL: since when mail comes back from the address of a person."""
    found = core_select(col(MailAddress.failed_at)).where(col(MailAddress.address) == col(User.email))
    return found.correlate(User).scalar_subquery()


def _failing() -> Select[Any]:
    """The organisations of people whose address fails."""
    failed_at, own = col(MailAddress.failed_at), col(RoleGrant.scope_id)
    columns = waits(
        own, scope_id=own, organisation_id=own, due_on=days_after(failed_at, DAYS_TO_CORRECT), since=failed_at
    )
    return (
        core_select(*columns)
        .select_from(MailAddress)
        .join(User, col(User.email) == col(MailAddress.address))
        .join(RoleGrant, col(RoleGrant.principal_id) == col(User.id))
        .where(
            failed_at.is_not(None),
            col(User.state) == UserState.active,
            col(RoleGrant.scope_kind) == ScopeKind.organisation,
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > _NOW),
        )
    )


TASKS = (
    Task(
        kind="address_to_correct",
        subject="organisation",
        permissions=(P.people_manage,),
        rows=_failing,
        several=True,
    ),
)
PEOPLE = Listing(
    name="organisation_people",
    readable=_of_its_people,
    item={
        "principal_id": col(Principal.id),
        "kind": col(Principal.kind),
        "name": _NAME,
        "roles": core_select(func.json_agg(aggregate_order_by(col(RoleGrant.role), cast(col(RoleGrant.role), Text))))
        .where(*_held(_SCOPE))
        .correlate(Principal)
        .scalar_subquery(),
        # an address that fails is for those who can ask its holder to correct it
        "mail_failed_at": case((granted(P.people_manage, on=_SCOPE, caller=ANONYMOUS), _failed_at())),
    },
    source=lambda select: select.select_from(Principal),
    display=(
        Join(User, col(User.id) == col(Principal.id), outer=True),
        Join(ServiceAccount, col(ServiceAccount.id) == col(Principal.id), outer=True),
    ),
    sorts={"name": Sort((func.coalesce(func.lower(_NAME, type_=Text()), text("''")), col(Principal.id)))},
    filters={"organisation": Filter(by=lambda scope: exists().where(*_held(scope)), type_=Uuid())},
)

ROLE_OFFERS = Listing(
    name="role_offers",
    readable=_of_its_people,
    item={
        "id": col(RoleOffer.id),
        "role": col(RoleOffer.role),
        "scope_kind": col(RoleOffer.scope_kind),
        "scope_id": col(RoleOffer.scope_id),
        # where an address was given, its account's name is told only once it is accepted
        "name": func.coalesce(col(RoleOffer.name), col(User.name)),
        "email": col(RoleOffer.email),
        "created_at": col(RoleOffer.created_at),
        "expires_at": col(RoleOffer.expires_at),
    },
    source=lambda select: select.select_from(RoleOffer).join(User, col(User.id) == col(RoleOffer.principal_id)),
    sorts={"created_at": Sort((col(RoleOffer.created_at), col(RoleOffer.id)))},
    filters={
        "organisation": Filter(
            by=lambda key: (col(RoleOffer.organisation_id) == key) & (col(RoleOffer.expires_at) > _NOW), type_=Uuid()
        )
    },
)

_first = Organisation.__table__.alias("first")  # type: ignore[attr-defined]
_other = Organisation.__table__.alias("other")  # type: ignore[attr-defined]


def _said_of_it() -> ColumnElement[bool]:
    """SQL over a relation: it stands on the other's page; what a host has not accepted, for its people only."""
    return or_(
        col(OrganisationRelation.accepted_at).is_not(None),
        granted(P.organisations_read, on=col(OrganisationRelation.other_id), caller=ANONYMOUS),
        granted(P.organisations_create, on=None, caller=ANONYMOUS),
    )


def _both_known(caller: Any) -> ColumnElement[bool]:
    """SQL over a relation: nobody learns by it of an organisation that is not confirmed, but for the two themselves."""
    confirmed = and_(_first.c.confirmed_at.is_not(None), _other.c.confirmed_at.is_not(None))
    if caller.anonymous:
        return confirmed
    own = (granted(P.organisations_read, on=side.c.id, caller=caller) for side in (_first, _other))
    return or_(confirmed, *own, as_operator(caller))


# the caller in it is a placeholder: its parameters are given with every read
RELATIONS = Listing(
    name="organisation_relations",
    item={
        "id": col(OrganisationRelation.id),
        "organisation": name_of(_first.c),
        "other": name_of(_other.c),
        "kind": col(OrganisationRelation.kind),
        "starts_on": col(OrganisationRelation.starts_on),
        "ends_on": col(OrganisationRelation.ends_on),
        "accepted_at": col(OrganisationRelation.accepted_at),
        "version": col(OrganisationRelation.version),
    },
    source=lambda select: select.select_from(OrganisationRelation),
    display=(
        Join(_first, _first.c.id == col(OrganisationRelation.organisation_id)),
        Join(_other, _other.c.id == col(OrganisationRelation.other_id)),
    ),
    sorts={"created_at": Sort((col(OrganisationRelation.created_at), col(OrganisationRelation.id)))},
    readable=_both_known,
    filters={
        "organisation": Filter(
            by=lambda key: or_(
                col(OrganisationRelation.organisation_id) == key,
                and_(col(OrganisationRelation.other_id) == key, _said_of_it()),
            ),
            type_=Uuid(),
        )
    },
)


def mine(caller: Any) -> ColumnElement[bool]:
    """SQL over `organisation`: the caller declared a tie to it."""
    return exists().where(
        col(Affiliation.organisation_id) == col(Organisation.id), col(Affiliation.principal_id) == caller_id(caller)
    )


AFFILIATIONS = Listing(
    name="affiliations",
    item={
        "organisation": name_of(Organisation.__table__.c),  # type: ignore[attr-defined]
        "kinds": core_select(
            func.json_agg(aggregate_order_by(col(Affiliation.kind), cast(col(Affiliation.kind), Text)))
        )
        .where(
            col(Affiliation.organisation_id) == col(Organisation.id),
            col(Affiliation.principal_id) == bindparam("caller_id", None, type_=Uuid()),
        )
        .correlate(Organisation)
        .scalar_subquery(),
    },
    source=lambda select: select.select_from(Organisation),
    sorts={"name": Sort((col(Organisation.sort_key), col(Organisation.id)))},
    readable=mine,
)


async def roles_of(session: AsyncSession, principal_id: UUID, organisation_id: UUID) -> set[Role]:
    """The roles that somebody has in an organisation now."""
    found = await session.exec(
        select(RoleGrant.role).where(
            col(RoleGrant.principal_id) == principal_id,
            col(RoleGrant.scope_id) == organisation_id,
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
        )
    )
    return {Role(role) for role in found.all()}


async def represents(session: AsyncSession, principal_id: UUID, organisation_id: UUID) -> bool:
    """Whether somebody speaks for an organisation in some network."""
    found = await session.exec(
        select(RoleGrant.id)
        .where(col(RoleGrant.principal_id) == principal_id, col(RoleGrant.for_organisation_id) == organisation_id)
        .limit(1)
    )
    return found.first() is not None


async def belongs_to_itself(session: AsyncSession, organisation_id: UUID, other_id: UUID) -> bool:
    """Whether the other belongs to the organisation already, by umbrella relations that have not ended."""
    statement = text(
        "with recursive above as ("
        " select cast(:other as uuid) as id union"
        " select relation.other_id from organisation_relation relation join above"
        " on relation.organisation_id = above.id"
        " where relation.kind = 'umbrella' and (relation.ends_on is null or relation.ends_on >= :today)"
        ") select exists (select from above where id = :organisation)"
    )
    connection = await session.connection()
    found = await connection.execute(
        statement, {"other": other_id, "organisation": organisation_id, "today": clock.today()}
    )
    return bool(found.scalar_one())
