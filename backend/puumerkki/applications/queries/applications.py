"""Reads of applications: who may know of one, and lists of them.

Applicants see the working copy. Everybody else sees the newest frozen version, once there is one: the networks that
handle it and the authorities that it reached. What a list shows, searches, filters and sorts by follows that line.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, and_, any_, case, cast, exists, func, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope, held
from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import (
    Application,
    ApplicationApplicant,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
    ApplicationState,
    ApplicationVersion,
)
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.applicants import sees_working_copy
from puumerkki.applications.queries.frozen import call_named
from puumerkki.applications.queries.stakeholders import (
    by_authorities,
    by_further_applicants,
    by_handovers,
    by_networks,
    scopes_of,
)
from puumerkki.kernel.db import HELD, text_enum
from puumerkki.kernel.reads.listings import AccessPath, Filter, Join, Listing, Sort, json_object, visible_via
from puumerkki.kernel.reads.matching import contains
from puumerkki.kernel.subjects import AudienceFilter, Subject, readable_row
from puumerkki.organisations.models.organisations import Organisation


def applied(caller: Caller, permission: P, of: Any) -> list[AccessPath]:
    """By a permission in an applicant of the working copy."""
    further = aliased(ApplicationApplicant)
    sees = sees_working_copy(further, writes=permission != P.applications_read)
    return [
        _leads(caller, permission, of),
        by_scope(permission, caller, at=col(further.organisation_id), also=sees, key=col(further.application_id)),
    ]


def _leads(caller: Caller, permission: P, of: Any) -> AccessPath:
    return by_scope(permission, caller, at=col(of.applicant_id))


def is_applicant(caller: Caller, permission: P = P.applications_read, *, of: Any = Application) -> ColumnElement[bool]:
    """SQL over `application`: the caller has a permission in an applicant."""
    return visible_via(applied(caller, permission, of), col(of.id))


def handles(caller: Caller, *permissions: P, of: Any = Application) -> ColumnElement[bool]:
    """SQL over `application`: the caller has one of the permissions in a network that has a handling of it."""
    return visible_via([path for one in permissions for path in by_networks(caller, one)], col(of.id))


def receives(caller: Caller, *, of: Any = Application) -> ColumnElement[bool]:
    """SQL over `application`: the caller reads the cases of an authority that it reached."""
    return visible_via([*by_authorities(caller), *by_handovers(caller)], col(of.id))


def access_paths(caller: Caller, *, of: Any = Application) -> list[AccessPath]:
    """How a caller may know of an application."""
    return [
        _leads(caller, P.applications_read, of),
        *by_further_applicants(caller, P.applications_read),
        *by_networks(caller, P.handlings_read),
        *by_authorities(caller),
        *by_handovers(caller),
    ]


def readable(caller: Caller, *, of: Any = Application) -> ColumnElement[bool]:
    """SQL over `application`: what a caller may know of."""
    return literal(False) if caller.anonymous else visible_via(access_paths(caller, of=of), col(of.id))


def sees_private(caller: Caller) -> ColumnElement[bool]:
    """SQL over `application`: the caller handles it, and so may know whom to ask."""
    return or_(handles(caller, P.handlings_lead, P.handlings_record), receives(caller))


def _sees(condition: Any) -> AudienceFilter:
    def sees(key: Any, caller: Caller) -> ColumnElement[bool]:
        # an alias, so that the condition never mixes with an `application` of the statement around it
        one = aliased(Application)
        return exists().where(col(one.id) == key, condition(caller, one))

    return sees


async def title_of(session: AsyncSession, application_id: UUID) -> dict[str, str]:
    """What an application is called, by its language: its newest version, or the draft that nobody else sees."""
    found = await session.exec(
        select(func.coalesce(col(ApplicationVersion.title), col(Application.title)), Application.language)
        .select_from(Application)
        .outerjoin(ApplicationVersion, _newest())
        .where(col(Application.id) == application_id)
    )
    title, language = found.one()
    return {language: title}


def _draft_title(application_id: Any) -> ColumnElement[Any]:
    titled = func.jsonb_build_object(col(Application.language), col(Application.title))
    return core_select(titled).where(col(Application.id) == application_id).scalar_subquery()


def shown_title(application_id: Any) -> ColumnElement[Any]:
    """SQL: the same as `title_of`, for whoever may know of the application but not of its working copy."""
    title = func.coalesce(col(ApplicationVersion.title), col(Application.title))
    titled = core_select(func.jsonb_build_object(col(Application.language), title)).select_from(Application)
    found = titled.outerjoin(ApplicationVersion, _newest()).where(col(Application.id) == application_id)
    return found.scalar_subquery()


def _newest() -> ColumnElement[bool]:
    return and_(
        col(ApplicationVersion.application_id) == col(Application.id),
        col(ApplicationVersion.number) == col(Application.current_version),
    )


SUBJECT = Subject(
    kind="application",
    readable=lambda caller: select(Application.id).where(readable(caller)),
    title_sql=_draft_title,
    audiences={
        "parties": _sees(lambda caller, of: readable(caller, of=of)),
        "applicants": _sees(lambda caller, of: readable(caller, of=of)),
        "own": _sees(lambda caller, of: is_applicant(caller, of=of)),
        "network": _sees(lambda caller, of: handles(caller, P.handlings_read, of=of)),
        "authority": _sees(lambda caller, of: receives(caller, of=of)),
        "answerers": _sees(lambda caller, of: is_applicant(caller, P.applications_write, of=of)),
        "leaders": _sees(lambda caller, of: handles(caller, P.handlings_lead, of=of)),
    },
    title=title_of,
    scopes=scopes_of,
)


_UNDER_WAY = col(Application.state).in_((ApplicationState.draft, ApplicationState.active))


async def planning(session: AsyncSession, call_id: UUID) -> Sequence[Application]:
    """The applications under way whose working copy names a call: their own applicants are told of it."""
    return (await session.exec(select(Application).where(_UNDER_WAY, col(Application.call_id) == call_id))).all()


def planners(calls: Any) -> SelectBase:
    """SQL: from an array of calls, `id`, to whoever leads such an application, `scope_id`."""
    call_id: Any = col(Application.call_id)
    found = core_select(call_id.label("id"), col(Application.applicant_id).label("scope_id"))
    return found.where(call_id == any_(calls), _UNDER_WAY)


async def application(
    session: AsyncSession, caller: Caller, application_id: UUID, *, for_update: bool = False
) -> Application:
    """An application that the caller may know of, or NotFound."""
    return await readable_row(
        session, caller, SUBJECT, Application, application_id, for_update=HELD if for_update else False
    )


# What a list shows. That the caller applies is asked for each of these: by scopes that are gathered once.
_mine = core_select(held(P.applications_read).c.scope_id)
_further = aliased(ApplicationApplicant)
_applies = or_(
    col(Application.applicant_id).in_(_mine),
    exists().where(
        col(_further.application_id) == col(Application.id),
        col(_further.organisation_id).in_(_mine),
        sees_working_copy(_further, writes=False),
    ),
)
_frozen = col(ApplicationVersion.content)


def _shown(working: Any, frozen: Any) -> ColumnElement[Any]:
    return case((_applies, working), else_=frozen)


_TITLE = _shown(col(Application.title), col(ApplicationVersion.title))
_CALL = _shown(col(Application.call_id), call_named())
CONTENT = _shown(col(Application.content), _frozen)
_AMOUNT = _shown(col(Application.amount_cents), cast(_frozen["amount_cents"].astext, Application.amount_cents.type))  # type: ignore[union-attr]
_UPDATED = _shown(col(Application.updated_at), col(ApplicationVersion.created_at))


def _asks_network(network_id: Any) -> ColumnElement[bool]:
    drafted = select(ApplicationNetwork.application_id).where(col(ApplicationNetwork.network_id) == network_id)
    return or_(_handled(network_id), and_(_applies, col(Application.id).in_(drafted)))


def _handled(network_id: Any = None, state: Any = None) -> ColumnElement[bool]:
    """There is a handling that the caller may know of, before this network and in this state where they are given."""
    return or_(*(col(Application.id).in_(found) for one in followers() for found in one.sql.having(network_id, state)))


def _asks_authority(authority_id: Any) -> ColumnElement[bool]:
    working = exists().where(
        col(ApplicationAuthority.application_id) == col(Application.id),
        col(ApplicationAuthority.authority_id) == authority_id,
    )
    asked = func.jsonb_build_array(func.jsonb_build_object("id", cast(authority_id, Text)))
    return _shown(working, func.coalesce(_frozen["authorities"].contains(asked), False))


def _answers_need(need_id: Any) -> ColumnElement[bool]:
    working = exists().where(
        col(ApplicationNeed.application_id) == col(Application.id), col(ApplicationNeed.need_id) == need_id
    )
    answered = func.jsonb_build_array(cast(need_id, Text))
    return _shown(working, func.coalesce(_frozen["need_ids"].contains(answered), False))


def _applied_by(organisation_id: Any) -> ColumnElement[bool]:
    working = exists().where(
        col(ApplicationApplicant.application_id) == col(Application.id),
        col(ApplicationApplicant.organisation_id) == organisation_id,
    )
    further = func.jsonb_build_array(cast(organisation_id, Text))
    frozen = func.coalesce(_frozen["co_applicant_ids"].contains(further), False)
    return or_(col(Application.applicant_id) == organisation_id, _shown(working, frozen))


APPLICATIONS = Listing(
    name="applications",
    item={
        "id": col(Application.id),
        "title": _TITLE,
        "state": col(Application.state),
        "applicant": json_object({"id": col(Organisation.id), "names": col(Organisation.names)}),
        "call_id": _CALL,
        "amount_cents": _AMOUNT,
        "current_version": col(Application.current_version),
        "created_at": col(Application.created_at),
        "updated_at": _UPDATED,
        "version": col(Application.version),
    },
    source=lambda select: select.select_from(Application),
    display=(
        Join(Organisation, col(Organisation.id) == col(Application.applicant_id)),
        Join(ApplicationVersion, _newest(), outer=True),
    ),
    readable=readable,
    access_paths=access_paths,
    sorts={
        "-created_at": Sort((col(Application.created_at), col(Application.id)), descending=True),
        "title": Sort((func.lower(_TITLE, type_=Text()), col(Application.id))),
    },
    filters={
        "q": Filter(
            by=lambda text: or_(contains(_TITLE, text), contains(col(Organisation.search_text), text)),
            type_=Text(),
        ),
        "state": Filter(col(Application.state)),
        "applicant": Filter(by=_applied_by, type_=Uuid()),
        "call": Filter(by=lambda key: key == _CALL, type_=Uuid()),
        "network": Filter(by=_asks_network, type_=Uuid()),
        "authority": Filter(by=_asks_authority, type_=Uuid()),
        "need": Filter(by=_answers_need, type_=Uuid()),
        "handling_state": Filter(by=lambda state: _handled(state=state), type_=text_enum(HandlingState)),
    },
    combined_filters={("network", "handling_state"): _handled},
)
