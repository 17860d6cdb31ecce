"""States and transitions of networks and rulebooks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from puumerkki.access.permissions import P
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition
from puumerkki.networks.errors.decisions import MembersDecide
from puumerkki.networks.errors.networks import (
    AuthoritiesNotAnswered,
    AuthoritiesNotTold,
    NetworkClosed,
    NoActiveMember,
    NoRulebookInForce,
    ThreeOwnersNeeded,
)
from puumerkki.networks.models.networks import NetworkChange, NetworkState, RulebookState

_LEADS = Grant(P.networks_lead, on="id")
_LEADS_ITS_NETWORK = Grant(P.networks_lead, on="network_id")
_OPERATES = Grant(P.networks_create, on=None)


OWNERS_NEEDED = 3
"""Of so many owners are the members of a network that begins to decide."""


@dataclass(frozen=True)
class Apart:
    """How many members of different owners there are; `unowned`: those that nobody runs; `together`: which share."""

    count: int
    unowned: tuple[UUID, ...] = ()
    together: tuple[tuple[UUID, ...], ...] = ()


@dataclass(frozen=True)
class NetworkFacts:
    """What a network needs to be active, and what those wait for who rely on it.

    `apart`: the members of one that begins to decide, None otherwise.
    `lead_alone`: it is forming and nobody takes part yet; `decided`: by the network itself, not by who leads it.
    `untold`: the changes of which an authority that names the network was not told. `waits`: the day from which a
    change that was told is possible without the answers that are missing.
    """

    has_rulebook_in_force: bool
    active_members: int
    apart: Apart | None = None
    lead_alone: bool = False
    decided: bool = False
    untold: frozenset[NetworkChange] = frozenset()
    waits: Mapping[NetworkChange, date] = field(default_factory=dict)


@dataclass(frozen=True)
class OfNetworkFacts:
    """What a network's members and rulebooks depend on."""

    network_state: NetworkState


@dataclass(frozen=True)
class RulebookFacts(OfNetworkFacts):
    """`lead_alone`, `decided`: as with the network."""

    lead_alone: bool = False
    decided: bool = False


def members_decide(facts: NetworkFacts | RulebookFacts) -> PuumerkkiError | None:
    """Nobody decides alone, except who founds a network in which nobody takes part yet."""
    return None if facts.decided or facts.lead_alone else MembersDecide()


def rulebook_in_force(facts: NetworkFacts) -> PuumerkkiError | None:
    """It has rules."""
    return None if facts.has_rulebook_in_force else NoRulebookInForce()


def has_active_member(facts: NetworkFacts) -> PuumerkkiError | None:
    """It has somebody."""
    return None if facts.active_members else NoActiveMember()


def three_owners(facts: NetworkFacts) -> PuumerkkiError | None:
    """Nobody founds a network that decides out of organisations of their own."""
    apart = facts.apart
    if apart is None or apart.count >= OWNERS_NEEDED:
        return None
    return ThreeOwnersNeeded(
        counted=apart.count,
        needed=OWNERS_NEEDED,
        without_owner=[str(one) for one in apart.unowned],
        together=[[str(one) for one in group] for group in apart.together],
    )


def authorities_answered(change: NetworkChange) -> Callable[[NetworkFacts], PuumerkkiError | None]:
    """Whose policies name the network were told of the change, and answered or had their days."""

    def answered(facts: NetworkFacts) -> PuumerkkiError | None:
        if change in facts.untold:
            return AuthoritiesNotTold()
        day = facts.waits.get(change)
        return None if day is None else AuthoritiesNotAnswered(possible_on=day.isoformat())

    return answered


def may_stop_deciding(facts: NetworkFacts) -> PuumerkkiError | None:
    """What whoever leads it needs in order to do it alone."""
    return members_decide(facts) or authorities_answered(NetworkChange.stop_deciding)(facts)


def network_not_closed(facts: OfNetworkFacts) -> PuumerkkiError | None:
    """A closed network takes nobody in and adopts nothing."""
    return NetworkClosed() if facts.network_state == NetworkState.closed else None


_N = NetworkState
NETWORK = Workflow(
    "network",
    NetworkState,
    _N.forming,
    (
        transition("activate", {_N.forming}, _N.active, {_LEADS}, rulebook_in_force, has_active_member, three_owners),
        transition("activate", {_N.dormant}, _N.active, {_LEADS}, rulebook_in_force, has_active_member),
        transition("rest", {_N.active}, _N.dormant, {ByItself()}, authorities_answered(NetworkChange.rest)),
        transition(
            "close",
            {_N.forming, _N.active, _N.dormant},
            _N.closed,
            {_LEADS, ByItself()},
            members_decide,
            authorities_answered(NetworkChange.close),
        ),
        transition("reopen", {_N.closed}, _N.forming, {_OPERATES}),
    ),
)

_R = RulebookState
RULEBOOK = Workflow(
    "rulebook",
    RulebookState,
    _R.draft,
    (
        transition(
            "adopt", {_R.draft}, _R.in_force, {_LEADS_ITS_NETWORK, ByItself()}, network_not_closed, members_decide
        ),
        transition("replace", {_R.in_force}, _R.replaced, {ByItself()}),
    ),
)
