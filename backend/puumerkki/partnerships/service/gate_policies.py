"""The use cases of gate policies: an authority says whose endorsement it wants, for what, from when."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.kernel import clock
from puumerkki.kernel.db import HELD
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.networks.models.networks import Network
from puumerkki.organisations.models.organisations import AUTHORITIES, Organisation
from puumerkki.partnerships.errors.gate_policies import PolicyEnded, PolicyStarted
from puumerkki.partnerships.events.gate_policies import GatePolicyChanged, GatePolicyCreated, GatePolicyRemoved
from puumerkki.partnerships.models.gate import GatePolicy
from puumerkki.partnerships.schemas.gate_policies import GatePolicyCreate, GatePolicyUpdate
from puumerkki.reference.models import Area, Scheme
from puumerkki.reference.queries import require_codes

NOTICE = timedelta(days=14)
"""How long a policy is known before it begins, and its end before it ends."""
_CHANGES_LATER = frozenset({"reason", "ends_on"})
_ASKS = frozenset({"network_ids", "target_groups", "area_ids", "call_ids", "lets_open_conditions"})


async def create_gate_policy(session: AsyncSession, *, actor: Actor, given: GatePolicyCreate) -> GatePolicy:
    """A new policy, 14 days from today or later: its networks know it before anything arrives under it.

    An authority's first policy may begin today.
    """
    authority = await session.get(Organisation, given.authority_id)
    if authority is None:
        actor.person_id()
        raise invalid("/authority_id", "organisation_unknown", "There is no such organisation.")
    actor.require(P.gate_policies_manage, on=given.authority_id)
    if authority.sector not in AUTHORITIES:
        raise invalid("/authority_id", "not_an_authority", "Only an authority has puumerkki requirements.")
    _check_days(given.starts_on, given.ends_on, earliest=await _earliest(session, given.authority_id))
    values = given.model_dump()
    _check_decision(given.decided_on)
    await _check_names(session, given.authority_id, values)
    made = GatePolicy(**values, published_at=clock.now())
    session.add(made)
    await publish(
        session, GatePolicyCreated(subject=Ref("gate_policy", made.id), related=_related(made)), actor_id=actor.id
    )
    return made


async def update_gate_policy(
    session: AsyncSession, *, actor: Actor, policy_id: UUID, if_version: int | None, given: GatePolicyUpdate
) -> GatePolicy:
    """Change a policy. One that has started is ended by its last day; what arrived under it stays under it.

    One that has ended stays so, and one goes on longer only where its former last day is as far off as a beginning.
    """
    found = await _locked(session, policy_id)
    actor.require(P.gate_policies_manage, on=found.authority_id)
    require_version(found, if_version)
    changes = given.model_dump(exclude_unset=True)
    started = found.starts_on <= clock.today()
    if started and not changes.keys() <= _CHANGES_LATER:
        raise PolicyStarted()
    if "ends_on" in changes and found.ends_on is not None and found.ends_on < clock.today():
        raise PolicyEnded()
    asks_otherwise = any(name in _ASKS and changes[name] != getattr(found, name) for name in changes)
    if asks_otherwise or "starts_on" in changes or "ends_on" in changes:
        starts_on = changes.get("starts_on", found.starts_on)
        anew = not started and (asks_otherwise or starts_on != found.starts_on)
        earliest = await _earliest(session, found.authority_id, but=found.id) if anew else None
        _check_days(starts_on, changes.get("ends_on", found.ends_on), earliest=earliest)
        if "ends_on" in changes and not anew:
            _check_end(found, changes["ends_on"], started=started)
    if changes.get("decided_on") is not None:
        _check_decision(changes["decided_on"])
    await _check_names(session, found.authority_id, changes)
    for name, value in changes.items():
        setattr(found, name, value)
    if asks_otherwise:
        found.published_at = clock.now()
    await publish(
        session,
        GatePolicyChanged(subject=Ref("gate_policy", found.id), related=_related(found), changed=tuple(changes)),
        actor_id=actor.id,
    )
    return found


async def delete_gate_policy(session: AsyncSession, *, actor: Actor, policy_id: UUID, if_version: int | None) -> None:
    """Remove a policy under which nothing can have arrived yet."""
    found = await _locked(session, policy_id)
    actor.require(P.gate_policies_manage, on=found.authority_id)
    require_version(found, if_version)
    if found.starts_on <= clock.today():
        raise PolicyStarted()
    await session.delete(found)
    await publish(
        session, GatePolicyRemoved(subject=Ref("gate_policy", found.id), related=_related(found)), actor_id=actor.id
    )


async def _locked(session: AsyncSession, policy_id: UUID) -> GatePolicy:
    found = await session.get(GatePolicy, policy_id, with_for_update=True)
    if found is None:
        raise NotFound()
    return found


def _related(policy: GatePolicy) -> tuple[UUID, ...]:
    return (policy.authority_id, *policy.network_ids)


async def _earliest(session: AsyncSession, authority_id: UUID, *, but: UUID | None = None) -> date:
    """The first day on which a policy published today may begin. One is the first, however many come at once."""
    await session.exec(select(Organisation.id).where(col(Organisation.id) == authority_id).with_for_update(**HELD))
    others = select(GatePolicy.id).where(col(GatePolicy.authority_id) == authority_id)
    if but is not None:
        others = others.where(col(GatePolicy.id) != but)
    first = (await session.exec(others.limit(1))).first() is None
    return clock.today() if first else clock.today() + NOTICE


def _check_days(starts_on: date, ends_on: date | None, *, earliest: date | None) -> None:
    if earliest is not None and starts_on < clock.today():
        raise invalid("/starts_on", "in_the_past", "A requirement starts today or later.")
    if earliest is not None and starts_on < earliest:
        raise invalid("/starts_on", "policy_notice_short", "A requirement starts 14 days from today or later.")
    if ends_on is not None and ends_on < starts_on:
        raise invalid("/ends_on", "before_beginning", "A requirement cannot end before it starts.")


def _check_end(policy: GatePolicy, ends_on: date | None, *, started: bool) -> None:
    """What is asked for until a later day than was announced begins to be asked for after the former one."""
    former = policy.ends_on
    if ends_on == former:
        return
    if started and ends_on is not None and ends_on < clock.today() + NOTICE:
        raise invalid("/ends_on", "policy_notice_short", "A requirement ends 14 days from today or later.")
    longer = former is not None and (ends_on is None or ends_on > former)
    if longer and former is not None and former + timedelta(days=1) < clock.today() + NOTICE:
        raise invalid(
            "/ends_on",
            "policy_notice_short",
            "A requirement goes on longer only if its present last day is 13 days from today or later.",
        )


def _check_decision(day: date) -> None:
    if day > clock.today():
        raise invalid("/decided_on", "in_the_future", "A requirement has been decided on today or before.")


async def _check_names(session: AsyncSession, authority_id: UUID, values: dict[str, Any]) -> None:
    """The rows that a policy names must exist; the networks give endorsements, and are held as they are until then."""
    if "network_ids" in values:
        await _all_known(session, Network, values["network_ids"], "/network_ids", "network_unknown")
        decide = set(
            (
                await session.exec(
                    select(Network.id)
                    .where(col(Network.id).in_(values["network_ids"]), col(Network.decides).is_(True))
                    .order_by(col(Network.id))
                    .with_for_update(read=True)
                )
            ).all()
        )
        for place, network_id in enumerate(values["network_ids"]):
            if network_id not in decide:
                raise invalid(
                    f"/network_ids/{place}", "network_advises", "This network only advises: it gives no puumerkki."
                )
    if values.get("target_groups"):
        await require_codes(session, Scheme.target_group, values["target_groups"], pointer="/target_groups")
    if values.get("area_ids"):
        await _all_known(session, Area, values["area_ids"], "/area_ids", "area_unknown")
    if values.get("call_ids"):
        public = or_(col(FundingCall.state) != CallState.draft, col(FundingCall.funder_id) == authority_id)
        await _all_known(session, FundingCall, values["call_ids"], "/call_ids", "call_unknown", public)


async def _all_known(
    session: AsyncSession,
    table: type[Network] | type[Area] | type[FundingCall],
    ids: Iterable[UUID],
    pointer: str,
    code: str,
    *conditions: ColumnElement[bool],
) -> None:
    wanted = list(ids)
    known = set((await session.exec(select(table.id).where(col(table.id).in_(wanted), *conditions))).all())
    for place, one in enumerate(wanted):
        if one not in known:
            raise invalid(f"{pointer}/{place}", code, "There is no such thing.")
