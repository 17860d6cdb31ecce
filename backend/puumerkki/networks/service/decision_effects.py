"""What a decision about the network does once it is made, and its day has come."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import ChosenBy
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import mark_chosen
from puumerkki.identity.models import User, UserState
from puumerkki.identity.service.roles import grant_role
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.networks.events import networks as events
from puumerkki.networks.models.decisions import ON_A_DAY, DecisionKind, DecisionState, NetworkDecision
from puumerkki.networks.models.networks import Network, NetworkChange, NetworkState, Rulebook, RulebookState
from puumerkki.networks.queries.decisions import has_adopted
from puumerkki.networks.service.changes import note_done
from puumerkki.networks.service.networks import TOLD, gather_network_facts
from puumerkki.networks.service.officers import revoke_chosen_officers
from puumerkki.networks.service.rulebooks import put_into_force
from puumerkki.networks.workflow.networks import NETWORK, three_owners

OFFICES = {DecisionKind.chair: Role.chair, DecisionKind.secretary: Role.secretary}


async def fits(session: AsyncSession, network: Network, of: NetworkDecision) -> bool:
    """Whether it can still be done: the network, the draft or the person is as it was, and no other is decided."""
    if network.state == NetworkState.closed:
        return False
    if of.state is DecisionState.open and await has_adopted(session, network.id, of.kind):
        return False
    if of.kind is DecisionKind.rulebook:
        book = await session.get(Rulebook, of.subject_id, populate_existing=True)
        return book is not None and book.state == RulebookState.draft
    if of.kind in OFFICES:
        user = await session.get(User, of.subject_id)
        return user is not None and user.state != UserState.disabled
    if of.kind is DecisionKind.rest:
        return network.state == NetworkState.active
    if of.kind is DecisionKind.begin_deciding:
        facts = await gather_network_facts(session, network, begins=True)
        return not network.decides and network.prefix is not None and three_owners(facts) is None
    return of.kind is DecisionKind.close or network.decides


async def take_effect(session: AsyncSession, network: Network, of: NetworkDecision) -> None:
    """Do it; the caller holds the network's lock and has checked that it can be done."""
    if of.kind is DecisionKind.rulebook:
        book = await session.get_one(Rulebook, of.subject_id, with_for_update=True, populate_existing=True)
        accept_by = clock.today() + timedelta(days=of.accept_days or 0)
        await put_into_force(session, network=network, book=book, accept_by=accept_by, actor=None)
    elif of.kind in OFFICES:
        await _choose(session, network, of, OFFICES[of.kind])
    elif of.kind in ON_A_DAY:
        facts = replace(await gather_network_facts(session, network), decided=True)
        NETWORK.apply(of.kind.value, network, actor=None, facts=facts)
        await note_done(session, network_id=network.id, change=NetworkChange(of.kind.value))
        await publish(session, TOLD[of.kind.value](subject=Ref("network", network.id)), actor_id=None)
    else:
        network.decides = of.kind is DecisionKind.begin_deciding
        if not network.decides:
            await note_done(session, network_id=network.id, change=NetworkChange.stop_deciding)
        event = events.NetworkChanged(subject=Ref("network", network.id), changed=("decides",))
        await publish(session, event, actor_id=None)


async def _choose(session: AsyncSession, network: Network, of: NetworkDecision, role: Role) -> None:
    """The office is theirs, in place of whom the members had chosen before."""
    assert of.subject_id is not None
    await revoke_chosen_officers(session, network_id=network.id, role=role, keep=of.subject_id)
    await grant_role(
        session,
        principal_id=of.subject_id,
        role=role,
        scope_kind=ScopeKind.network,
        scope_id=network.id,
        actor_id=None,
    )
    await mark_chosen(
        session,
        principal_id=of.subject_id,
        role=role,
        scope_id=network.id,
        chosen_by=ChosenBy.network_decision,
    )
    touch(network)
