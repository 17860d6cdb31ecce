"""What refers to an organisation, as each room declares it: what a merge of two takes along, and what it leaves.

The room of organisations knows no room above it. Each room's manifest names the columns; `wiring` fills the registry
here at start, and the merge asks it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class LinkKind(StrEnum):
    """What becomes of a column when two organisations are merged."""

    moves = "moves"
    """It names the one that remains, unless that would say the same twice: then the row stays as it is."""
    passes = "passes"
    """The room's own rules change the rows: what they did is noted, so that it can be undone."""
    stays = "stays"
    """Sealed, frozen, or history: it keeps the id that it was written with."""


class Kept(StrEnum):
    """Why a row that was written between a merge and its undoing stays as it is, whoever wrote it."""

    named = "named"
    """Others name the one that remains in what is theirs; or it goes with what it hangs on, as that one's rule says."""
    readable = "readable"
    """Everybody can open it, or whoever wrote it can wherever they are."""
    history = "history"
    """It tells what happened, or is part of a thing whose own rule stops the undoing."""


@dataclass(frozen=True)
class Since:
    """What undoing a merge does with a row `t` that was written since and names the one that remains, in SQL.

    `by`: a select of the ids of those who wrote it. Where they all go back it goes with them as long as `alone`: nobody
    else has been shown or sent it. Otherwise it stops the undoing, so that nobody is cut off from what they made.
    `always`: it goes whoever wrote it. `what` and `kind`: as what people see it, and whose page shows it, by the id
    `thing`. `at`: when it was written. `also`: what else changes with a row that goes, by its `:id`.

    Beside `:into` and `:merged` there are `:since`, `:noted` (ids of the rows that the merge changed), `:ending` (of
    those that it made, or whose state it changed) and `:returning` (who goes back).
    """

    what: "MergedThing"
    by: str
    alone: str = "false"
    always: str = "false"
    kind: str | None = None
    thing: str = "t.id"
    at: str = "t.created_at"
    also: str | None = None


def wrote(thing: str) -> str:
    """SQL for who did something to a thing since the merge, by the events about it."""
    return f"select e.actor_id from event e where e.subject_id = {thing} and e.occurred_at > :since"


@dataclass(frozen=True)
class Link:
    """A column that names an organisation. `through`: SQL for what the column names instead, from `:ids`.

    `since`: what becomes of rows written between a merge and its undoing. `ending`: what undoing a merge sets in a row
    that the merge made and that is never deleted; `:now` is the moment. `follows`: SQL that lets rows written since go
    with what undoing a merge gives back, from `:into` to `:merged`.
    """

    table: str
    column: str
    kind: LinkKind
    since: Since | Kept
    through: str | None = None
    ending: str | None = None
    follows: str | None = None

    @property
    def name(self) -> str:
        """As `table.column`."""
        return f"{self.table}.{self.column}"


class MergedThing(StrEnum):
    """What a merge counts of what it takes along, and its undoing of what was made since, for people."""

    contacts = "contacts"
    external_ids = "external_ids"
    relations = "relations"
    roles = "roles"
    memberships = "memberships"
    needs = "needs"
    calls = "calls"
    applications = "applications"
    agreements = "agreements"
    reports = "reports"
    role_offers = "role_offers"
    service_accounts = "service_accounts"
    imports = "imports"
    cases = "cases"
    requirements = "requirements"
    identifiers = "identifiers"


THINGS = {
    "contact": MergedThing.contacts,
    "external_id": MergedThing.external_ids,
    "organisation_relation": MergedThing.relations,
    "host_asking": MergedThing.relations,
    "role_grant": MergedThing.roles,
    "network_member": MergedThing.memberships,
    "network_authority": MergedThing.memberships,
    "seat": MergedThing.memberships,
    "need": MergedThing.needs,
    "funding_call": MergedThing.calls,
    "application": MergedThing.applications,
    "application_applicant": MergedThing.applications,
    "application_authority": MergedThing.applications,
    "filing": MergedThing.applications,
    "agreement": MergedThing.agreements,
    "agreement_party": MergedThing.agreements,
    "agreement_duty": MergedThing.agreements,
    "agreement_template": MergedThing.agreements,
    "report": MergedThing.reports,
}
"""As what the rows of a table count that a merge takes along."""
THING_OF = {
    "application_applicant": "t.application_id",
    "application_authority": "t.application_id",
    "filing": "t.application_id",
    "agreement_party": "t.agreement_id",
    "agreement_duty": "t.agreement_id",
    "network_member": "t.network_id",
    "network_authority": "t.network_id",
    "host_asking": "concat(t.group_id, t.host_id)",
}
"""SQL for the thing that a row `t` belongs to, so that each is counted once; where there is none, it is one itself."""


class MergeStop(StrEnum):
    """What a merge neither takes along nor ends: it stays with the one that goes, and does nothing there."""

    service_accounts = "service_accounts"
    role_offers = "role_offers"


STOPS = {
    MergeStop.service_accounts: "select count(*) from service_account where organisation_id = :merged",
    MergeStop.role_offers: "select count(*) from role_offer where organisation_id = :merged and expires_at > :now",
}
"""How many of them there are. Nobody comes to act for the other one without its people's word."""


class MergeObstacleCode(StrEnum):
    """Why two organisations are not merged as they are."""

    business_id_differs = "business_id_differs"
    association_register_number_differs = "association_register_number_differs"
    authority_and_other = "authority_and_other"
    archiving_open = "archiving_open"
    naming_open = "naming_open"
    related = "related"
    ballot_open = "ballot_open"
    conditions_claimed = "conditions_claimed"
    apply_together = "apply_together"
    agree_together = "agree_together"
    has_cases = "has_cases"
    has_requirements = "has_requirements"


@dataclass(frozen=True)
class Obstacle:
    """What stands against a merge. `found`: SQL from `:merged` and `:into` to the ids of such things, of one `kind`.

    `undoing`: the same of what stands against undoing one.
    """

    code: MergeObstacleCode
    kind: str
    found: str
    undoing: str | None = None


def moves(*columns: str, since: Since | Kept, follows: str | None = None) -> tuple[Link, ...]:
    """Columns, as `table.column`, that go to the one that remains."""
    return tuple(_link(one, LinkKind.moves, since, follows=follows) for one in columns)


def passes(
    *columns: str, since: Since | Kept, through: str | None = None, ending: str | None = None
) -> tuple[Link, ...]:
    """Columns whose rows the room's own rules change."""
    return tuple(_link(one, LinkKind.passes, since, through, ending) for one in columns)


def stays(*columns: str, since: Since | Kept) -> tuple[Link, ...]:
    """Columns that keep what they say."""
    return tuple(_link(one, LinkKind.stays, since) for one in columns)


def set_links(found: Iterable[Link], obstacles: Iterable[Obstacle]) -> None:
    """What the rooms declare, in the order of floors. Called by `wiring` only."""
    _links[:] = found
    _obstacles[:] = obstacles


def links() -> Sequence[Link]:
    """All that was declared."""
    return tuple(_links)


def obstacles() -> Sequence[Obstacle]:
    """All that can stand against a merge."""
    return tuple(_obstacles)


_links: list[Link] = []
_obstacles: list[Obstacle] = []


def _link(
    name: str,
    kind: LinkKind,
    since: Since | Kept,
    through: str | None = None,
    ending: str | None = None,
    follows: str | None = None,
) -> Link:
    table, column = name.split(".")
    return Link(table, column, kind, since, through, ending, follows)
