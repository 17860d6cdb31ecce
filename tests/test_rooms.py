"""The manifests of the rooms, and the orders that come of them: these are behaviour, so they are written down."""

import re
import tomllib
from pathlib import Path

import pytest

from puumerkki.access.permissions import P
from puumerkki.imports.faults import FAULTS
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind
from puumerkki.kernel.eventlog.events import Handler
from puumerkki.kernel.room import Periodic, Room, Step
from puumerkki.organisations.models.organisations import LegalForm, Sector
from puumerkki.wiring import PERIODIC, ROOMS, connect, metadata
from puumerkki.wiring.gathering import handlers_of, steps_of

ROOT = Path(__file__).parent.parent
BACKEND = ROOT / "backend" / "puumerkki"


def _name(found: Step | Handler) -> str:
    """`room.module.function`."""
    _, room, *_, module = found.__module__.split(".")
    return f"{room}.{module}.{found.__name__}"


def _contract(name: str) -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [found] = [one for one in project["tool"]["importlinter"]["contracts"] if one["name"].startswith(name)]
    return dict(found)


def test_rooms_stand_in_the_order_of_floors() -> None:
    floors = [[name.strip(" ()") for name in floor.split("|")] for floor in reversed(_contract("The house")["layers"])]
    floor_of = {name: number for number, floor in enumerate(floors) for name in floor}
    listed = [room.name for room in ROOMS]
    assert listed == sorted(listed, key=lambda name: floor_of[name])
    assert set(listed) == {path.parent.name for path in BACKEND.glob("*/room.py")}


def test_the_order_of_layers_holds_inside_each_room() -> None:
    """The kernel has a contract of its own."""
    held = {name.removeprefix("puumerkki.") for name in _contract("Inside a room")["containers"]}
    assert held == {room.name for room in ROOMS} - {"kernel"}


def test_each_table_is_of_one_room() -> None:
    of = [(table.__tablename__, room.name, table.__module__) for room in ROOMS for table in room.tables]
    assert sorted(name for name, _, _ in of) == sorted(metadata.tables)
    assert [(name, room) for name, room, module in of if module.split(".")[1] != room] == []


def test_each_permission_is_used_by_a_room() -> None:
    """`access` says who has it; somebody has to ask for it."""
    asked = "\n".join(
        path.read_text("utf-8")
        for room in ROOMS
        if room.name != "access"
        for path in (BACKEND / room.name).rglob("*.py")
    )
    assert {one for one in P if re.search(rf"\bP\.{one.name}\b", asked) is None} == set()


def test_each_kind_of_import_has_a_room_that_knows_it() -> None:
    connect()
    assert set(RULES) == set(ImportKind)
    assert [kind for kind, rule in RULES.items() if rule.sheet.settle.__module__.split(".")[2] != "importing"] == []


def test_what_an_import_expects_is_what_the_room_takes() -> None:
    """The engine is below the room, so it says by name what the room lists."""
    assert FAULTS["sector_expected"] == f"Give one of: {', '.join(Sector)}"
    assert FAULTS["legal_form_expected"] == f"Give one of: {', '.join(LegalForm)}"


def test_periodic_work_has_its_order() -> None:
    assert [_name(step) for step in PERIODIC] == [
        "organisations.archiving.archive_due",
        "organisations.merging.delete_expired_changes",
        "networks.decision_votes.decide_due",
        "handlings.network_ends.lapse_ended",
        "handlings.ballot_actions.close_due_ballots",
        "disqualification.tie_effects.lapse_unsettled",
        "handlings.effects.take_effect_due",
        "handlings.decision_words.settle_decisions",
        "handlings.effects.open_asked",
        "handlings.revocations.settle_due",
        "handlings.claims.carry_due",
        "handlings.revocations.tell_late",
        "handlings.lapsing.lapse_due",
        "handlings.removals.end_removals",
        "networks.proposals.drop_stale",
        "applications.applicants.tell_late",
        "applications.applicants.remind_asked",
        "organisations.hosts.tell_late",
        "organisations.umbrellas.tell_late",
        "organisations.namings.settle_due",
        "organisations.confirmation_mails.tell_operators",
        "applications.askings.delete_expired_removals",
        "handlings.prolongations.tell_expiring",
        "endorsements.endorsements.tell_expired",
        "agreements.renewal.begin_due",
        "agreements.renewal.expire_due",
        "agreements.renewal.end_due",
        "agreements.reminders.remind_due",
        "agreements.asking.ask_due",
        "identity.cleanup.delete_expired",
        "kernel.idempotency.delete_expired_records",
        "imports.jobs.delete_expired_imports",
        "kernel.key_rotation.rotate_due",
        "notifications.expiring.delete_expired_notices",
    ]


def test_handlers_of_one_event_have_their_order() -> None:
    several = {
        event.type: [_name(handler) for handler in handlers]
        for event, handlers in handlers_of(ROOMS).items()
        if len(handlers) > 1
    }
    host_accepted = [
        f"{module}.after_host_accepted"
        for module in ("handlings.leads", "handlings.tied_votes", "partnerships.handovers")
    ]
    assert several == {
        "role.granted": [
            "handlings.leads.after_tie",
            "handlings.tied_votes.after_role_granted",
            "partnerships.handovers.after_tie",
        ],
        "role.revoked": ["handlings.leads.after_role_revoked", "agreements.contacts.after_role_revoked"],
        "organisation.roles_changed": [
            "agreements.contacts.after_roles_changed",
            "networks.left_representatives.after_roles_changed",
            "handlings.leads.after_tie",
            "handlings.tied_votes.after_roles_changed",
            "partnerships.handovers.after_tie",
        ],
        "organisation.affiliation_declared": [
            "handlings.leads.after_tie",
            "handlings.tied_votes.after_affiliation_declared",
            "partnerships.handovers.after_tie",
        ],
        "organisation.succeeded": [
            "networks.succession.after_succeeded",
            "applications.succession.after_succeeded",
            "handlings.tied_votes.after_organisation_succeeded",
            "agreements.succession.after_succeeded",
        ],
        "organisation.relation_accepted": host_accepted,
        "organisation.relation_added": host_accepted,
        "report.submitted": [
            "filings.service.after_report_submitted",
            "agreements.event_handlers.after_report_submitted",
        ],
    }


@pytest.mark.parametrize("after", ["networks.decide_due", "needs.none_such"])
def test_a_step_follows_another_that_is_there_once(after: str) -> None:
    """A name with a fault, and one that two steps have, end the start."""
    [decide] = [step for step in PERIODIC if step.__name__ == "decide_due"]
    twice = Room(name="networks", periodic=(Periodic((decide, decide)),))
    with pytest.raises(ValueError, match=after):
        steps_of((twice, Room(name="needs", periodic=(Periodic((decide,), after=after),))))
