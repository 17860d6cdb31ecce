"""The use cases: a need is raised by members, agreed on and followed by the network's coordinator."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.errors import Forbidden, NotFound, invalid
from puumerkki.kernel.eventlog.events import Event, Tier, publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.needs import errors, events, queries
from puumerkki.needs.models import Need, NeedState
from puumerkki.needs.schemas import NeedCreate, NeedUpdate
from puumerkki.needs.workflow import NEED
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, NetworkState
from puumerkki.reference.models import Scheme
from puumerkki.reference.queries import area, require_codes, require_municipalities

EVENTS: dict[str, type[Event]] = {
    "agree": events.NeedAgreed,
    "begin": events.NeedBegun,
    "meet": events.NeedMet,
    "drop": events.NeedDropped,
    "reopen": events.NeedReopened,
}


async def raise_need(
    session: AsyncSession, *, actor: Actor, given: NeedCreate, known_as: tuple[str | None, str | None] = (None, None)
) -> Need:
    """Raise a need for a member of the network, or, as one of the network, for itself.

    `known_as`: in which other system, and by which id there.
    """
    require_raising(actor, given)
    organisation_id = given.raised_for_organisation_id
    network = await session.get(Network, given.network_id)
    if network is None:
        raise invalid("/network_id", "network_unknown", "There is no such network.")
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    if organisation_id is not None:
        await _require_member(session, given.network_id, organisation_id)
    await _require_place(session, given.municipality_code, given.area_id)
    await require_codes(session, Scheme.target_group, given.target_groups, pointer="/target_groups")
    made = Need(**given.model_dump(), sort_key=sort_key(given.title), raised_by=actor.person_id())
    made.external_scheme, made.external_id = known_as
    made.target_groups = list(dict.fromkeys(given.target_groups))
    session.add(made)
    await _tell(session, actor, made, events.NeedRaised)
    return made


async def update_need(
    session: AsyncSession, *, actor: Actor, need_id: UUID, if_version: int | None, given: NeedUpdate
) -> Need:
    """Change a need: whoever raised it until it is agreed on, the coordinator always."""
    found = await queries.readable_need(session, actor, need_id, for_update=True)
    require_changing(actor, found)
    require_version(found, if_version)
    if not may_change(actor, found):
        raise errors.NeedAgreed()
    changes = given.model_dump(exclude_unset=True)
    if {"municipality_code", "area_id"} & set(changes):
        await _require_place(
            session, changes.get("municipality_code", found.municipality_code), changes.get("area_id", found.area_id)
        )
    if "target_groups" in changes:
        await require_codes(session, Scheme.target_group, changes["target_groups"], pointer="/target_groups")
        changes["target_groups"] = list(dict.fromkeys(changes["target_groups"]))
    for name, value in changes.items():
        setattr(found, name, value)
    found.sort_key = sort_key(found.title)
    await _tell(session, actor, found, events.NeedChanged, *changes)
    return found


async def act_on_need(
    session: AsyncSession,
    *,
    actor: Actor,
    need_id: UUID,
    action: str,
    if_version: int | None,
    closing_note: str | None = None,
) -> Need:
    """Take a step of the workflow; `drop` has its closing note."""
    found = await queries.readable_need(session, actor, need_id, for_update=True)
    actor.require(P.needs_agree, on=found.network_id)
    require_version(found, if_version)
    NEED.apply(action, found, actor=actor)
    found.closing_note = closing_note
    if found.state == NeedState.agreed and found.agreed_at is None:
        found.agreed_at = clock.now()
    await _tell(session, actor, found, EVENTS[action])
    return found


def require_raising(actor: Actor, given: NeedCreate) -> None:
    """Refuse who may not raise this need."""
    organisation_id = given.raised_for_organisation_id
    if organisation_id is None:
        if not actor.may(P.networks_lead, given.network_id):
            actor.require(P.networks_contribute, on=given.network_id)
    elif not _represents(actor, organisation_id, given.network_id):
        raise actor.refusal(P.needs_raise, organisation_id)


def require_changing(actor: Actor, need: Need) -> None:
    """Refuse who never changes what this need says."""
    if not _coordinates(actor, need) and not _raised(actor, need):
        raise Forbidden()


def may_change(actor: Actor, need: Need) -> bool:
    """Whoever raised a need changes what it says until it is agreed on, the coordinator always."""
    return _coordinates(actor, need) or (need.state == NeedState.raised and _raised(actor, need))


def _coordinates(actor: Actor, need: Need) -> bool:
    return actor.may(P.needs_agree, need.network_id)


def _represents(actor: Actor, organisation_id: UUID, network_id: UUID) -> bool:
    """Editors raise needs for their organisation, representatives and deputies for the member that they represent."""
    if actor.may(P.needs_raise, organisation_id):
        return True
    return actor.may(P.networks_contribute, network_id) and organisation_id in actor.represented_members(network_id)


def _raised(actor: Actor, need: Need) -> bool:
    if need.raised_for_organisation_id is not None:
        return _represents(actor, need.raised_for_organisation_id, need.network_id)
    return need.raised_by == actor.id and actor.may(P.networks_contribute, need.network_id)


async def _require_member(session: AsyncSession, network_id: UUID, organisation_id: UUID) -> None:
    member = await session.exec(
        select(NetworkMember.id).where(
            col(NetworkMember.network_id) == network_id,
            col(NetworkMember.organisation_id) == organisation_id,
            col(NetworkMember.state) == MemberState.active,
        )
    )
    if member.first() is None:
        message = "The organisation is not an active member of the network."
        raise invalid("/raised_for_organisation_id", "not_a_member", message)


async def _require_place(session: AsyncSession, municipality_code: str, area_id: UUID | None) -> None:
    await require_municipalities(session, [municipality_code], pointer="/municipality_code")
    if area_id is None:
        return
    unknown = invalid("/area_id", "area_unknown", "The area must lie in the municipality and be in use.")
    try:
        found = await area(session, area_id)
    except NotFound:
        raise unknown from None
    today = clock.today()
    valid = found.valid_from <= today and (found.valid_until is None or today <= found.valid_until)
    if found.municipality_code != municipality_code or not valid:
        raise unknown


async def _tell(session: AsyncSession, actor: Actor, need: Need, told: type[Event], *changed: str) -> None:
    public = need.agreed_at is not None
    event = told(
        subject=Ref("need", need.id),
        related=(need.network_id,),
        changed=changed,
        seen_by=Tier.public if public else Tier.parties,
    )
    await publish(session, event, actor_id=actor.id)
