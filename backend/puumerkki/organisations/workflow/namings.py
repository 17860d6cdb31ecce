"""The workflow of an operator's naming: open for objections, then it takes effect."""

from dataclasses import dataclass

from puumerkki.access.permissions import P
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition
from puumerkki.organisations.errors.organisations import NotYourNaming
from puumerkki.organisations.models.organisations import NamingState as N


@dataclass(frozen=True, kw_only=True)
class NamingFacts:
    """What the guards ask. `second`: the actor neither proposed it nor is who is named."""

    second: bool = True


def by_another(facts: NamingFacts) -> PuumerkkiError | None:
    """Two operators are two people."""
    return None if facts.second else NotYourNaming()


_NAMES = Grant(P.platform_operate, on=None)

NAMING: Workflow[N] = Workflow(
    kind="naming",
    states=N,
    initial=N.waiting,
    transitions=(
        transition("confirm", {N.waiting}, N.waiting, {_NAMES}, by_another),
        transition(
            "object",
            {N.waiting},
            N.objected,
            {Grant(P.people_manage, on="scope_id"), Grant(P.networks_contribute, on="scope_id")},
        ),
        transition("withdraw", {N.waiting}, N.withdrawn, {_NAMES}),
        transition("take_effect", {N.waiting}, N.done, {ByItself()}),
        transition("lapse", {N.waiting}, N.lapsed, {ByItself()}),
    ),
)
"""`object`: by an owner of the organisation, or whoever speaks in the network. The clock does the last two."""
