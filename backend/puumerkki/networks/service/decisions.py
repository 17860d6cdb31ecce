"""Deciding about a network itself: proposing, confirming, objecting, withdrawing a proposal.

Every step locks the network, then the decision: what the decision does is read and done under the same locks.
"""

from datetime import date, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.errors import NamedSince
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Unauthenticated, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.networks import queries
from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule
from puumerkki.networks.errors import decisions as decision_errors
from puumerkki.networks.errors import networks as errors
from puumerkki.networks.events import decisions as decision_events
from puumerkki.networks.models.decisions import (
    LEAVING,
    OF_A_SUBJECT,
    ON_A_DAY,
    WAYS,
    DecisionKind,
    DecisionState,
    DecisionWay,
    NetworkDecision,
    NetworkDecisionElector,
)
from puumerkki.networks.models.networks import Network, NetworkMember, NetworkState, Rulebook
from puumerkki.networks.queries import decisions
from puumerkki.networks.queries.blocs import blocs_of, votes_of
from puumerkki.networks.schemas.decisions import DecisionPropose
from puumerkki.networks.service import decision_mails as mails
from puumerkki.networks.service.decision_days import earliest_day
from puumerkki.networks.service.decision_effects import fits
from puumerkki.networks.service.decision_steps import adopted, decision_event, gather_facts, locked, takes_part_in
from puumerkki.networks.tally import enough
from puumerkki.networks.workflow.decisions import NETWORK_DECISION

DAYS_TO_CONFIRM = 14
"""So long can a second person confirm, or somebody object."""
DAYS_TO_OBJECT = 7
"""So long may somebody say that the meeting did not decide so, after the second person said that it did."""
DAYS_TO_ACCEPT = 14
"""At least so long does the acceptance of the former rulebook count."""
FEWEST_PRESENT = 2
PROPOSES = {
    DecisionWay.vote: (P.networks_lead, P.ballots_vote, P.handlings_confirm, P.handlings_record),
    DecisionWay.meeting: (P.meetings_record,),
    DecisionWay.second_person: (P.networks_lead,),
}


async def propose(session: AsyncSession, *, actor: Actor, network_id: UUID, given: DecisionPropose) -> NetworkDecision:
    """A proposal to the network. It is voted on, or a second person is asked; never is it done by one alone."""
    network = await queries.network(session, network_id, for_update=True)
    _require_any(actor, PROPOSES[given.way], network_id)
    if network.state == NetworkState.closed:
        raise errors.NetworkClosed()
    if not await takes_part_in(session, actor, network_id, clock.now()):
        raise decision_errors.TakesPartNoMore()
    _check_shape(given)
    for one in await decisions.waiting_decisions(session, network_id):
        if one.kind == given.kind and (one.proposed_by == actor.id or one.state is DecisionState.adopted):
            raise decision_errors.DecisionWaiting()
    made = NetworkDecision(
        **given.model_dump(exclude={"present_member_ids"}),
        network_id=network_id,
        present_member_ids=sorted(set(given.present_member_ids)),
        proposed_by=actor.person_id(),
        opened_at=clock.now(),
        closes_at=clock.end_of_day(clock.today() + timedelta(days=DAYS_TO_CONFIRM)),
    )
    if given.kind is DecisionKind.rulebook:
        made.accept_days = given.accept_days or DAYS_TO_ACCEPT
    await _check_subject(session, network, made)
    await _check_met(session, network, made)
    await _check_day(session, network, made)
    voters = await _prepare(session, network, made)
    session.add(made)
    await session.flush()
    blocs = await blocs_of(session, _rule_of(made), [one.id for one in voters])
    session.add_all(
        NetworkDecisionElector(decision_id=made.id, member_id=one.id, bloc_id=blocs[one.id]) for one in voters
    )
    await session.flush()
    event = decision_events.DecisionProposed(
        subject=Ref("network", network_id), decision_id=made.id, kind=made.kind, way=made.way
    )
    await publish(session, event, actor_id=actor.id)
    await mails.ask(session, network, made)
    return made


async def confirm(
    session: AsyncSession, *, actor: Actor, network_id: UUID, decision_id: UUID, if_version: int | None
) -> NetworkDecision:
    """A second person says that the meeting decided so, or that what the coordinator proposes is right.

    What a meeting decided holds at once when a third one says so too, else after seven days in which nobody objects.
    """
    network, found = await locked(session, actor, network_id, decision_id)
    NETWORK_DECISION.require_may("confirm", found, actor=actor)
    require_version(found, if_version)
    facts = await gather_facts(session, network, found, actor)
    first = found.way is DecisionWay.meeting and found.confirmed_by is None
    target = DecisionState.open if first else DecisionState.adopted
    NETWORK_DECISION.apply("confirm", found, actor=actor, facts=facts, target=target)
    if first:
        found.confirmed_by = actor.person_id()
        found.closes_at = clock.end_of_day(clock.today() + timedelta(days=DAYS_TO_OBJECT))
        return found
    if found.confirmed_by is None:
        found.confirmed_by = actor.person_id()
    else:
        found.seconded_by = actor.person_id()
    await adopted(session, network, found, {"outcome": "confirmed"}, actor_id=actor.id)
    return found


async def object_to(
    session: AsyncSession, *, actor: Actor, network_id: UUID, decision_id: UUID, if_version: int | None, reason: str
) -> NetworkDecision:
    """Somebody who speaks for a member, the chair or the secretary says no. What remains is the members' vote."""
    network, found = await locked(session, actor, network_id, decision_id)
    NETWORK_DECISION.require_may("object", found, actor=actor)
    require_version(found, if_version)
    facts = await gather_facts(session, network, found, actor)
    if not facts.takes_part and await takes_part_in(session, actor, network_id, clock.now()):
        raise NamedSince()
    NETWORK_DECISION.apply("object", found, actor=actor, facts=facts)
    found.objected_by, found.objection = actor.person_id(), reason
    found.result, found.decided_at = {"outcome": "objection"}, clock.now()
    event = decision_event(decision_events.DecisionRejected, found, outcome="objection")
    await publish(session, event, actor_id=actor.id)
    await mails.tell(session, network, found)
    return found


async def drop(
    session: AsyncSession, *, actor: Actor, network_id: UUID, decision_id: UUID, if_version: int | None
) -> NetworkDecision:
    """Whoever proposed it withdraws it, before anybody has voted or confirmed; what was decided so stands."""
    network, found = await locked(session, actor, network_id, decision_id)
    NETWORK_DECISION.require_may("drop", found, actor=actor)
    require_version(found, if_version)
    facts = await gather_facts(session, network, found, actor)
    NETWORK_DECISION.apply("drop", found, actor=actor, facts=facts)
    found.decided_at = clock.now()
    await publish(session, decision_event(decision_events.DecisionDropped, found), actor_id=actor.id)
    return found


def _require_any(actor: Actor, needs: tuple[P, ...], network_id: UUID) -> None:
    if actor.anonymous:
        raise Unauthenticated()
    if actor.kind is not PrincipalKind.user or not any(actor.may(one, network_id) for one in needs):
        raise actor.refusal(needs[0].value)


def _check_shape(given: DecisionPropose) -> None:
    """What each kind and way needs, and nothing else."""
    kind, meeting = given.kind, given.way is DecisionWay.meeting
    if given.way not in WAYS[kind]:
        raise invalid("/way", "way_not_possible", "This is not decided in this way.")
    needed = {
        "subject_id": kind in OF_A_SUBJECT,
        "on_day": kind in ON_A_DAY,
        "reason": kind in LEAVING,
        "met_on": meeting,
        "present_member_ids": meeting,
    }
    for name, is_needed in needed.items():
        if is_needed and not getattr(given, name):
            raise invalid(f"/{name}", "needed", "This is needed here.")
        if not is_needed and getattr(given, name) and name != "reason":
            raise invalid(f"/{name}", "not_expected", "This does not belong here.")
    if given.accept_days is not None and kind is not DecisionKind.rulebook:
        raise invalid("/accept_days", "not_expected", "This does not belong here.")
    if given.met_on is not None and given.met_on > clock.today():
        raise invalid("/met_on", "in_the_future", "The meeting has not been held yet.")


async def _check_subject(session: AsyncSession, network: Network, made: NetworkDecision) -> None:
    if await fits(session, network, made):
        return
    if made.kind not in OF_A_SUBJECT:
        raise decision_errors.ProposalOverrun()
    raise invalid("/subject_id", "subject_unknown", "There is no such draft or person.")


async def _check_met(session: AsyncSession, network: Network, made: NetworkDecision) -> None:
    """A meeting decides on what was there."""
    if made.met_on is None:
        return
    there = clock.day_of(network.created_at)
    if made.kind is DecisionKind.rulebook:
        there = clock.day_of((await session.get_one(Rulebook, made.subject_id)).updated_at)
    if made.met_on < there:
        raise invalid("/met_on", "before_it_was_there", f"What was decided on is there since {there.isoformat()}.")


async def _check_day(session: AsyncSession, network: Network, made: NetworkDecision) -> None:
    if made.on_day is None:
        return
    first: date = await earliest_day(session, network.id, made.kind)
    if made.way is DecisionWay.vote:
        first = max(first, await _day_after_vote(session, network.id))
    if made.on_day < first:
        raise invalid("/on_day", "too_soon", f"The day can be {first.isoformat()} at the earliest.")


async def _day_after_vote(session: AsyncSession, network_id: UUID) -> date:
    book = await queries.rulebook_in_force(session, network_id)
    days = queries.decision_rule(book).ballot_days if book else 0
    return clock.today() + timedelta(days=days + 1)


async def _prepare(session: AsyncSession, network: Network, made: NetworkDecision) -> list[NetworkMember]:
    """Who votes; or who is asked to confirm."""
    book = await queries.rulebook_in_force(session, network.id)
    rule = None if book is None else queries.decision_rule(book)
    if rule is None and made.way is not DecisionWay.second_person:
        raise errors.NoRulebookInForce()
    if rule is not None:
        made.rule = rule.model_dump(mode="json")
    could_vote = await queries.electorate(session, network.id)
    if made.way is DecisionWay.vote:
        assert rule is not None
        if rule.method is DecisionMethod.meeting_decides:
            raise decision_errors.MeetingIsNeeded()
        if not could_vote:
            raise decision_errors.NoElectors()
        made.closes_at = clock.end_of_day(clock.today() + timedelta(days=rule.ballot_days))
        return could_vote
    if made.way is DecisionWay.meeting:
        assert rule is not None
        await _check_meeting(session, made, rule, could_vote)
    made.asked_ids = await decisions.who_confirms(session, made)
    if made.way is DecisionWay.meeting and not made.asked_ids:
        raise decision_errors.NobodyConfirms()
    return []


async def _check_meeting(
    session: AsyncSession, made: NetworkDecision, rule: DecisionRule, could_vote: list[NetworkMember]
) -> None:
    """Members that share an owner or a signatory are one there, too."""
    base = [one.id for one in could_vote]
    blocs = await blocs_of(session, rule, base)
    votes = votes_of(blocs, base, applying=())
    present = votes_of(blocs, set(base) & set(made.present_member_ids), applying=())
    if not enough(rule, base=len(votes), turnout=len(present), fewest=FEWEST_PRESENT):
        raise decision_errors.MeetingTooSmall()


def _rule_of(made: NetworkDecision) -> DecisionRule | None:
    return None if made.rule is None else DecisionRule.model_validate(made.rule)
