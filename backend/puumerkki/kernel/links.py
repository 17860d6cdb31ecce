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


@dataclass(frozen=True)
class Link:
    """A column that names an organisation. `through`: SQL for what the column names instead, from `:ids`.

    `ending`: what undoing a merge sets in a row that the merge made and that is never deleted; `:now` is the moment.
    `follows`: SQL that lets rows written since go with what undoing a merge gives back, from `:into` to `:merged`.
    """

    table: str
    column: str
    kind: LinkKind
    through: str | None = None
    ending: str | None = None
    follows: str | None = None

    @property
    def name(self) -> str:
        """As `table.column`."""
        return f"{self.table}.{self.column}"


class MergedThing(StrEnum):
    """What a merge counts of what it takes along, for people."""

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


def moves(*columns: str, follows: str | None = None) -> tuple[Link, ...]:
    """Columns, as `table.column`, that go to the one that remains."""
    return tuple(_link(one, LinkKind.moves, follows=follows) for one in columns)


def passes(*columns: str, through: str | None = None, ending: str | None = None) -> tuple[Link, ...]:
    """Columns whose rows the room's own rules change."""
    return tuple(_link(one, LinkKind.passes, through, ending) for one in columns)


def stays(*columns: str) -> tuple[Link, ...]:
    """Columns that keep what they say."""
    return tuple(_link(one, LinkKind.stays) for one in columns)


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
    through: str | None = None,
    ending: str | None = None,
    follows: str | None = None,
) -> Link:
    table, column = name.split(".")
    return Link(table, column, kind, through, ending, follows)
