"""The machinery of workflows, on a small one of its own."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID, uuid4

import pytest

from puumerkki.kernel.errors import Conflict, Forbidden, PuumerkkiError
from puumerkki.kernel.workflow import AvailableAction, ByItself, Grant, StateConflict, Workflow, transition


class Lamp(StrEnum):
    off = "off"
    on = "on"
    broken = "broken"


@dataclass
class Row:
    state: Lamp = Lamp.off
    room_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Facts:
    power: bool = True


@dataclass(frozen=True)
class Hand:
    room_id: UUID | None

    def may(self, permission: str, on: UUID | None = None) -> bool:
        return permission == "lamps:switch" and on == self.room_id


class NoPower(Conflict):
    code = "no_power"


def has_power(facts: Facts) -> PuumerkkiError | None:
    return None if facts.power else NoPower()


SWITCH = Grant("lamps:switch", on="room_id")
LAMP = Workflow(
    "lamp",
    Lamp,
    initial=Lamp.off,
    transitions=(
        transition("light", {Lamp.off}, Lamp.on, {SWITCH}, has_power),
        transition("quench", {Lamp.on}, Lamp.off, {SWITCH}),
        transition("break", {Lamp.on, Lamp.off}, Lamp.broken, {ByItself()}),
    ),
)


def test_an_action_moves_the_row() -> None:
    row = Row()
    LAMP.apply("light", row, actor=Hand(row.room_id), facts=Facts())
    assert row.state is Lamp.on


def test_permission_comes_before_the_state() -> None:
    row = Row(Lamp.broken)
    with pytest.raises(Forbidden):
        LAMP.apply("light", row, actor=Hand(uuid4()), facts=Facts())
    with pytest.raises(StateConflict):
        LAMP.apply("light", row, actor=Hand(row.room_id), facts=Facts())


def test_a_guard_blocks_with_its_code() -> None:
    row = Row()
    with pytest.raises(NoPower):
        LAMP.apply("light", row, actor=Hand(row.room_id), facts=Facts(power=False))
    assert row.state is Lamp.off


def test_only_the_system_does_what_happens_by_itself() -> None:
    row = Row()
    with pytest.raises(Forbidden):
        LAMP.apply("break", row, actor=Hand(row.room_id), facts=Facts())
    with pytest.raises(Forbidden):
        LAMP.apply("light", row, actor=None, facts=Facts())
    LAMP.apply("break", row, actor=None)
    assert row.state is Lamp.broken


def test_available_actions_tell_what_blocks() -> None:
    row = Row()
    assert LAMP.available(row, actor=Hand(row.room_id), facts=Facts()) == [AvailableAction("light", True)]
    blocked = LAMP.available(row, actor=Hand(row.room_id), facts=Facts(power=False))
    assert blocked == [AvailableAction("light", False, "no_power")]
    assert LAMP.available(row, actor=Hand(None), facts=Facts()) == []


def test_the_diagram_shows_every_transition() -> None:
    diagram = LAMP.diagram()
    for line in (
        "[*] --> off",
        "off --> on: light",
        "on --> off: quench",
        "on --> broken: break",
        "off --> broken: break",
    ):
        assert line in diagram
