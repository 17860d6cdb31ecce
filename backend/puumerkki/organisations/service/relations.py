"""How organisations stand to each other: umbrella, parish union, host."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.open_cases import require_untied
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden, NotFound, invalid
from puumerkki.kernel.eventlog.events import Event, Tier, publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations import queries
from puumerkki.organisations.errors.organisations import (
    HostAgreedUntil,
    OrganisationUnconfirmed,
    RelationCycle,
    RelationExists,
    RelationOver,
)
from puumerkki.organisations.events.organisations import (
    RelationAccepted,
    RelationAdded,
    RelationAsked,
    RelationChanged,
    RelationRefused,
    RelationRemoved,
)
from puumerkki.organisations.models.organisations import (
    ABOVE,
    AUTHORITIES,
    LegalForm,
    Organisation,
    OrganisationRelation,
    OrganisationState,
    RelationKind,
)
from puumerkki.organisations.queries.people import belongs_to_itself
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.schemas.relations import RelationCreate, RelationUpdate
from puumerkki.organisations.service import umbrellas
from puumerkki.organisations.service.contacts import require_somebody
from puumerkki.organisations.service.hosts import ask_host, represents
from puumerkki.organisations.service.rights import is_operator, require_update


def unfit(kind: RelationKind, first: Organisation, other: Organisation) -> str | None:
    """Why two organisations cannot stand in this relation, or None."""
    if kind == RelationKind.host:
        if first.legal_form != LegalForm.unregistered_group:
            return "Only an unregistered group has a host."
        if other.legal_form == LegalForm.unregistered_group:
            return "A host is registered."
    elif kind == RelationKind.parish_union:
        if first.legal_form != LegalForm.parish or other.legal_form != LegalForm.parish_union:
            return "A parish belongs to a parish union."
    elif first.sector in AUTHORITIES or other.sector in AUTHORITIES:
        return "Authorities have no umbrella organisation here."
    elif other.legal_form == LegalForm.unregistered_group:
        return "A union is registered."
    return None


async def add(
    session: AsyncSession,
    *,
    actor: Actor,
    organisation: Organisation,
    given: RelationCreate,
    pointer: str = "/other_id",
) -> OrganisationRelation:
    """A relation of an organisation whose rights were checked already.

    A host is asked, and an umbrella is told, unless it is who says so.
    """
    other = await session.get(Organisation, given.other_id)
    if other is None or other.state != OrganisationState.active:
        raise invalid(pointer, "organisation_unknown", "There is no such organisation in use.")
    if other.id == organisation.id:
        raise invalid(pointer, "itself", "An organisation has no relation to itself.")
    if reason := unfit(given.kind, organisation, other):
        raise invalid("/kind", "relation_unfit", reason)
    starts_on = given.starts_on or clock.today()
    _check_days(starts_on, given.ends_on)
    await _one_at_a_time(session)
    overlapping = select(OrganisationRelation.id).where(
        col(OrganisationRelation.organisation_id) == organisation.id,
        col(OrganisationRelation.other_id) == other.id,
        col(OrganisationRelation.kind) == given.kind,
        or_(col(OrganisationRelation.ends_on).is_(None), col(OrganisationRelation.ends_on) >= starts_on),
    )
    if given.ends_on is not None:
        overlapping = overlapping.where(col(OrganisationRelation.starts_on) <= given.ends_on)
    if (await session.exec(overlapping)).first() is not None:
        raise RelationExists()
    if given.kind == RelationKind.umbrella and await belongs_to_itself(session, organisation.id, other.id):
        raise RelationCycle()
    made = OrganisationRelation(
        organisation_id=organisation.id,
        other_id=other.id,
        kind=given.kind,
        starts_on=starts_on,
        ends_on=given.ends_on,
    )
    if given.kind in ABOVE:
        made.said_by = actor.person_id()
        if represents(actor, other.id) and not actor.named_lately(P.memberships_manage, on=other.id):
            made.told_at = clock.now()
        else:
            await umbrellas.tell(session, made, below=organisation, above=other)
    session.add(made)
    agrees = given.kind == RelationKind.host and other.confirmed_at is not None and represents(actor, other.id)
    if agrees:
        actor.require_not_lately(P.memberships_manage, on=other.id)
        await require_untied(session, organisation_id=other.id, principal_id=actor.person_id())
    if given.kind == RelationKind.host and not agrees:
        await publish(session, RelationAsked(**await _facts(session, made)), actor_id=actor.id)
        await ask_host(session, group=organisation, host=other, asked_by=actor.person_id())
        return made
    made.accepted_at = clock.now()
    made.accepted_by = actor.id if given.kind == RelationKind.host else None
    await publish(session, RelationAdded(**await _facts(session, made)), actor_id=actor.id)
    return made


async def create_relation(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, given: RelationCreate
) -> OrganisationRelation:
    """The organisation says to whom it belongs."""
    found = await readable_organisation(session, actor, organisation_id)
    require_update(actor, found.id)
    return await add(session, actor=actor, organisation=found, given=given)


async def accept_relation(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, relation_id: UUID, if_version: int | None
) -> OrganisationRelation:
    """The host accepts to answer for the group: from now on, no earlier. Once more changes nothing."""
    found = await _relation(session, organisation_id, relation_id)
    if not represents(actor, found.other_id):
        raise Forbidden(permission=str(P.memberships_manage))
    actor.require_not_lately(P.memberships_manage, on=found.other_id)
    await require_untied(session, organisation_id=found.other_id, principal_id=actor.person_id())
    require_version(found, if_version)
    if found.accepted_at is not None:
        return found
    if (await queries.organisation(session, found.other_id)).confirmed_at is None:
        raise OrganisationUnconfirmed()
    if found.ends_on is not None and found.ends_on < clock.today():
        raise RelationOver()
    found.accepted_at, found.accepted_by = clock.now(), actor.id
    await publish(
        session, RelationAccepted(**await _facts(session, found), changed=("accepted_at",)), actor_id=actor.id
    )
    return found


async def update_relation(
    session: AsyncSession,
    *,
    actor: Actor,
    organisation_id: UUID,
    relation_id: UUID,
    if_version: int | None,
    given: RelationUpdate,
) -> OrganisationRelation:
    """Say when a relation ends. Either side may; to prolong it is the first side's.

    To an umbrella it is prolonged by a relation of its own, which is answered: it is told of it anew.
    """
    found = await _relation(session, organisation_id, relation_id)
    _require_side(actor, found, shortens=given.ends_on is not None)
    require_version(found, if_version)
    _check_days(found.starts_on, given.ends_on)
    if found.ends_on == given.ends_on:
        return found
    if _binds_longer(found, given.ends_on) and not represents(actor, found.other_id):
        raise HostAgreedUntil()
    if given.ends_on is not None and given.ends_on < clock.today():
        raise invalid("/ends_on", "in_the_past", "A relation ends today or later: it bound until now.")
    if found.kind in ABOVE and _lengthens(found, given.ends_on) and not represents(actor, found.other_id):
        # said anew, so that whoever is called so has its days again; what it was until then it stays in open cases
        assert found.ends_on is not None
        again = RelationCreate(
            kind=found.kind,
            other_id=found.other_id,
            starts_on=found.ends_on + timedelta(days=1),
            ends_on=given.ends_on,
        )
        below = await queries.organisation(session, found.organisation_id)
        return await add(session, actor=actor, organisation=below, given=again, pointer="/ends_on")
    await _one_at_a_time(session)
    if found.kind == RelationKind.umbrella and await belongs_to_itself(session, found.organisation_id, found.other_id):
        raise RelationCycle()
    found.ends_on = given.ends_on
    await session.flush()
    await _keep_reachable(session, found)
    await publish(session, RelationChanged(**await _facts(session, found), changed=("ends_on",)), actor_id=actor.id)
    return found


async def delete_relation(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, relation_id: UUID, if_version: int | None
) -> None:
    """Remove a relation that has not begun, or end today one that has, which stays on record. Either side may.

    What a host has not accepted never was, and goes; where the host removes it, it says no.
    """
    found = await _relation(session, organisation_id, relation_id)
    _require_side(actor, found, shortens=True)
    require_version(found, if_version)
    today = clock.today()
    if found.accepted_at is None:
        await session.delete(found)
        refused = not (is_operator(actor) or actor.may(P.organisations_update, found.organisation_id))
        kind = RelationRefused if refused else RelationRemoved
        told: Event = kind(**await _facts(session, found))
    elif found.starts_on > today:
        await session.delete(found)
        told = RelationRemoved(**await _facts(session, found))
    elif found.ends_on is None or found.ends_on > today:
        found.ends_on = today
        told = RelationChanged(**await _facts(session, found), changed=("ends_on",))
    else:
        return
    await session.flush()
    await _keep_reachable(session, found)
    await publish(session, told, actor_id=actor.id)


async def _one_at_a_time(session: AsyncSession) -> None:
    """Two relations made at once could close a circle that neither sees."""
    connection = await session.connection()
    await connection.execute(text("select pg_advisory_xact_lock(hashtext('organisation_relation'))"))


async def _facts(session: AsyncSession, relation: OrganisationRelation) -> dict[str, Any]:
    organisation = await queries.organisation(session, relation.organisation_id)
    return {
        "seen_by": None if organisation.confirmed_at else Tier.parties,
        "subject": Ref("organisation", relation.organisation_id),
        "related": (relation.other_id,),
        "relation_id": relation.id,
        "kind": relation.kind,
    }


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise invalid("/ends_on", "before_beginning", "A relation cannot end before it begins.")


def _binds_longer(relation: OrganisationRelation, ends_on: date | None) -> bool:
    """Whether a host would answer for longer than it has accepted."""
    hosts = relation.kind == RelationKind.host and relation.accepted_at is not None
    return hosts and _lengthens(relation, ends_on)


def _lengthens(relation: OrganisationRelation, ends_on: date | None) -> bool:
    return relation.ends_on is not None and (ends_on is None or ends_on > relation.ends_on)


def _require_side(actor: Actor, relation: OrganisationRelation, *, shortens: bool) -> None:
    sides = [relation.organisation_id, *([relation.other_id] if shortens else [])]
    if is_operator(actor) or any(actor.may(P.organisations_update, side) for side in sides):
        return
    raise Forbidden(permission=str(P.organisations_update))


async def _relation(session: AsyncSession, organisation_id: UUID, relation_id: UUID) -> OrganisationRelation:
    found = await session.get(OrganisationRelation, relation_id)
    if found is None or organisation_id not in (found.organisation_id, found.other_id):
        raise NotFound()
    await queries.organisation(session, found.organisation_id, for_update=True)
    await session.refresh(found, with_for_update=True)
    return found


async def _keep_reachable(session: AsyncSession, relation: OrganisationRelation) -> None:
    if relation.kind != RelationKind.host or relation.accepted_at is None:
        return
    organisation = await queries.organisation(session, relation.organisation_id)
    if organisation.legal_form == LegalForm.unregistered_group:
        await require_somebody(session, organisation_id=organisation.id)
