"""Workflows: one typed table of transitions for each kind of thing, read by the server and by people.

`Workflow.apply` is pure: it checks and sets the state. The service locks the row, gathers the facts that the guards
need, calls `apply` and publishes. States are set nowhere else.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable
from uuid import UUID

from puumerkki.kernel.errors import Conflict, Forbidden, PuumerkkiError

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=str)
Guard = Callable[[Any], PuumerkkiError | None]
"""A named pure function from the facts to the error that blocks, or None."""


class StateConflict(Conflict):
    """The action does not exist in this state."""

    code = "wrong_state"
    message = "This cannot be done in the present state."


class MayAct(Protocol):
    """What a workflow asks of an actor."""

    def may(self, permission: Any, on: UUID | None = None) -> bool: ...


@runtime_checkable
class SaysWhy(Protocol):
    """An actor that knows why it may not."""

    def refusal(self, permission: Any) -> Forbidden: ...


@dataclass(frozen=True)
class Grant:
    """Who may: the holders of a permission on what the column `on` of the row names, or (None) on the platform."""

    permission: str
    on: str | None


@dataclass(frozen=True)
class ByItself:
    """The system does it: the clock, or a consequence of something else."""


@dataclass(frozen=True)
class Transition(Generic[S]):
    """One transition. An action may have several, which then lead to several targets by `action:target`."""

    action: str
    sources: frozenset[S]
    target: S
    may: frozenset[Grant | ByItself]
    guards: tuple[Guard, ...] = ()


def transition(
    action: str, sources: set[S], target: S, may: AbstractSet[Grant | ByItself], *guards: Guard
) -> Transition[S]:
    """A row of a workflow's table: `action` leads from each of `sources` to `target`, for those who `may`."""
    return Transition(action, frozenset(sources), target, frozenset(may), guards)


# a room's schemas name the actions of their workflow: those that somebody may do
@dataclass(frozen=True)
class AvailableAction(Generic[A]):
    """An action that exists in the present state, and the code of what blocks it, if anything does."""

    action: A
    allowed: bool
    blocked_by: str | None = None


@dataclass(frozen=True)
class Workflow(Generic[S]):
    """The table. Rows that hold a state have it in `state`."""

    kind: str
    states: type[S]
    initial: S
    transitions: Sequence[Transition[S]] = field(default_factory=tuple)

    def actions(self) -> tuple[str, ...]:
        """All actions, in the table's order."""
        return tuple(dict.fromkeys(transition.action for transition in self.transitions))

    def find(self, action: str, state: S, target: S | None = None) -> Transition[S]:
        """The transition of an action from a state, or StateConflict."""
        for transition in self.transitions:
            if transition.action == action and state in transition.sources and target in (None, transition.target):
                return transition
        raise StateConflict(action=action, state=state.value)

    def require_may(self, action: str, row: Any, *, actor: MayAct | None) -> None:
        """Forbidden unless the action is the actor's in some state: what comes before the version is checked."""
        rows = [transition for transition in self.transitions if transition.action == action]
        if not rows:
            raise StateConflict(action=action, state=row.state.value)
        if not any(_may(transition, row, actor) for transition in rows):
            raise _refusal(rows, actor)

    def check(
        self, action: str, row: Any, *, actor: MayAct | None, facts: Any = None, target: S | None = None
    ) -> Transition[S]:
        """The transition if the actor (None: the system) may take it now; raises what blocks it otherwise.

        Order: permission, then state, then guards, so that nobody learns a state from an answer they have no right to.
        """
        self.require_may(action, row, actor=actor)
        transition = self.find(action, row.state, target)
        if not _may(transition, row, actor):
            raise _refusal([transition], actor)
        for guard in transition.guards:
            if error := guard(facts):
                raise error
        return transition

    def apply(
        self, action: str, row: Any, *, actor: MayAct | None, facts: Any = None, target: S | None = None
    ) -> Transition[S]:
        """Check, then set the state of the row."""
        transition = self.check(action, row, actor=actor, facts=facts, target=target)
        row.state = transition.target
        return transition

    def available(self, row: Any, *, actor: MayAct, facts: Any = None) -> list[AvailableAction[Any]]:
        """What this actor could do with the row now, and what blocks the rest. Actions not theirs are left out."""
        found: dict[str, AvailableAction[Any]] = {}
        for transition in self.transitions:
            if row.state not in transition.sources or not _may(transition, row, actor):
                continue
            error = next((error for guard in transition.guards if (error := guard(facts))), None)
            known = found.get(transition.action)
            if known is None or (not known.allowed and error is None):
                found[transition.action] = AvailableAction(
                    transition.action, error is None, error.code if error else None
                )
        return list(found.values())

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for the docs."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial.value}"]
        edges: dict[tuple[str, str], list[str]] = {}
        for transition in self.transitions:
            for source in sorted(transition.sources, key=lambda state: list(self.states).index(state)):
                edges.setdefault((source.value, transition.target.value), []).append(transition.action)
        lines += [
            f"    {source} --> {target}: {', '.join(dict.fromkeys(actions))}"
            for (source, target), actions in edges.items()
        ]
        return "\n".join(lines) + "\n"


def _refusal(transitions: Sequence[Transition[Any]], actor: MayAct | None) -> Forbidden:
    grants = (who for transition in transitions for who in transition.may if isinstance(who, Grant))
    asked = next(grants, None)
    return actor.refusal(asked.permission) if asked is not None and isinstance(actor, SaysWhy) else Forbidden()


def _may(transition: Transition[Any], row: Any, actor: MayAct | None) -> bool:
    if actor is None:
        return any(isinstance(who, ByItself) for who in transition.may)
    for who in transition.may:
        if not isinstance(who, Grant):
            continue
        on = getattr(row, who.on) if who.on is not None else None
        if isinstance(on, UUID) or who.on is None:
            if actor.may(who.permission, on):
                return True
        elif any(actor.may(who.permission, one) for one in on or ()):
            return True
    return False
