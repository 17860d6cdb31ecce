"""States and transitions of networks and rulebooks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from puumerkki.access.permissions import P
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, t
from puumerkki.networks.errors import (
    AuthoritiesNotAnswered,
    AuthoritiesNotTold,
    NetworkClosed,
    NoActiveMember,
    NoRulebookInForce,
)
from puumerkki.networks.models import NetworkChange, NetworkState, RulebookState

_LEADS = Grant(P.networks_lead, on="id")
_LEADS_ITS_NETWORK = Grant(P.networks_lead, on="network_id")
_OPERATES = Grant(P.networks_create, on=None)


@dataclass(frozen=True)
class NetworkFacts:
    """What a network needs to be active, and what those wait for who rely on it.

    `untold`: the changes of which an authority that names the network was not told. `waits`: the day from which a
    change that was told is possible without the answers that are missing.
    """

    has_rulebook_in_force: bool
    active_members: int
    untold: frozenset[NetworkChange] = frozenset()
    waits: Mapping[NetworkChange, date] = field(default_factory=dict)


@dataclass(frozen=True)
class OfNetworkFacts:
    """What a network's members and rulebooks depend on."""

    network_state: NetworkState


def rulebook_in_force(facts: NetworkFacts) -> PuumerkkiError | None:
    """It has rules."""
    return None if facts.has_rulebook_in_force else NoRulebookInForce()


def has_active_member(facts: NetworkFacts) -> PuumerkkiError | None:
    """It has somebody."""
    return None if facts.active_members else NoActiveMember()


def authorities_answered(change: NetworkChange) -> Callable[[NetworkFacts], PuumerkkiError | None]:
    """Whose policies name the network were told of the change, and answered or had their days."""

    def answered(facts: NetworkFacts) -> PuumerkkiError | None:
        if change in facts.untold:
            return AuthoritiesNotTold()
        day = facts.waits.get(change)
        return None if day is None else AuthoritiesNotAnswered(possible_on=day.isoformat())

    return answered


may_stop_deciding = authorities_answered(NetworkChange.stop_deciding)


def network_not_closed(facts: OfNetworkFacts) -> PuumerkkiError | None:
    """A closed network takes nobody in and adopts nothing."""
    return NetworkClosed() if facts.network_state == NetworkState.closed else None


_N = NetworkState
NETWORK = Workflow(
    "network",
    NetworkState,
    _N.forming,
    (
        t("activate", {_N.forming, _N.dormant}, _N.active, {_LEADS}, rulebook_in_force, has_active_member),
        t("rest", {_N.active}, _N.dormant, {_LEADS}, authorities_answered(NetworkChange.rest)),
        t(
            "close",
            {_N.forming, _N.active, _N.dormant},
            _N.closed,
            {_LEADS},
            authorities_answered(NetworkChange.close),
        ),
        t("reopen", {_N.closed}, _N.forming, {_OPERATES}),
    ),
)

_R = RulebookState
RULEBOOK = Workflow(
    "rulebook",
    RulebookState,
    _R.draft,
    (
        t("adopt", {_R.draft}, _R.in_force, {_LEADS_ITS_NETWORK}, network_not_closed),
        t("replace", {_R.in_force}, _R.replaced, {ByItself()}),
    ),
)
