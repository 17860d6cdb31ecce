"""What there is on a walk, as the design has it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from tests.model_based.people import Somebody


@dataclass
class Version:
    """What was frozen. `applicants`: the leading one first; `left`: those who have left since."""

    number: int
    applicants: tuple[UUID, ...]
    content: tuple[object, ...]
    authorities: frozenset[UUID]
    groups: tuple[str, ...]
    areas: tuple[UUID, ...]
    call: UUID | None = None
    left: set[UUID] = field(default_factory=set)

    @property
    def asked_by(self) -> tuple[object, ...]:
        """What policies go by."""
        return self.groups, self.areas, self.call


@dataclass
class Application:
    """`further`: who is asked to apply too, and what they said. `text`: changes with what else is written.

    `aside`: who was taken out again, and what they had said. `led`: who led in a network's handling of it (39).
    """

    applicant: UUID
    networks: tuple[UUID, ...]
    authorities: tuple[UUID, ...]
    groups: tuple[str, ...] = ()
    areas: tuple[UUID, ...] = ()
    call: UUID | None = None
    begun: int = 0
    further: dict[UUID, str | None] = field(default_factory=dict)
    aside: dict[UUID, str | None] = field(default_factory=dict)
    text: int = 0
    state: str = "draft"
    versions: list[Version] = field(default_factory=list)
    led: set[Somebody] = field(default_factory=set)

    @property
    def writers(self) -> set[UUID]:
        """Who edits the working copy (2): who said yes."""
        return {self.applicant} | {one for one, answer in self.further.items() if answer == "accepted"}

    @property
    def readers(self) -> set[UUID]:
        """Who sees the working copy: they, and who was asked."""
        return self.writers | {one for one, answer in self.further.items() if answer is None}

    @property
    def frozen(self) -> set[UUID]:
        """Who was an applicant of any version (1), left or not."""
        return {one for version in self.versions for one in version.applicants}

    @property
    def binding(self) -> set[UUID]:
        """Whose people are tied in its cases."""
        return {self.applicant} | (self.frozen or set(self.further))

    def content(self) -> tuple[object, ...]:
        """What would be frozen now, but for the networks."""
        further, authorities = tuple(sorted(self.further)), tuple(sorted(self.authorities))
        return self.text, self.groups, self.areas, self.call, further, authorities

    def take_out(self, others: Iterable[UUID]) -> None:
        for other in others:
            self.aside[other] = self.further.pop(other)

    def takes_no_back(self, other: UUID) -> bool:
        """A "no" was a mistake: it becomes a yes at once, or for when they are named again."""
        if self.further.get(other) == "declined":
            self.further[other] = "accepted"
        elif other not in self.further and self.aside.get(other) == "declined":
            self.aside[other] = "agrees"
        else:
            return False
        return True

    def name(self, others: Iterable[UUID]) -> None:
        """Exactly these apply too. A "no" stands; who said anything else, or nothing, is as asked (F13)."""
        others = list(others)
        self.take_out([one for one in self.further if one not in others])
        for other in others:
            if other not in self.further:
                said = self.aside.pop(other, None)
                self.further[other] = {"declined": "declined", "agrees": "accepted"}.get(said or "")

    def freeze(self) -> Version:
        further = sorted(self.writers - {self.applicant})
        self.state = "active"
        self.versions.append(
            Version(
                number=len(self.versions) + 1,
                applicants=(self.applicant, *further),
                content=self.content(),
                authorities=frozenset(self.authorities),
                groups=self.groups,
                areas=self.areas,
                call=self.call,
            )
        )
        return self.versions[-1]


@dataclass
class Ballot:
    """`aside`: the member organisations that stand aside, `own` of them as applicants; `votes`: who voted for which.

    `blocs`: who votes together. `conditions`: whose vote has a condition, and whether that was taken.
    """

    aside: set[UUID]
    own: set[UUID] = field(default_factory=set)
    blocs: dict[UUID, UUID] = field(default_factory=dict)
    votes: dict[UUID, Somebody] = field(default_factory=dict)
    conditions: dict[UUID, bool] = field(default_factory=dict)
    state: str = "open"

    def conditional(self) -> set[UUID]:
        """Whose condition waits for an answer."""
        return {one for one, taken in self.conditions.items() if one in self.votes and not taken}


@dataclass
class Handling:
    """`endorsement`: of the one in force, its number in the order in which they were given; it is on `version`.

    `open`: it has a condition that is not met.
    """

    application: UUID
    network: UUID
    version: int = 1
    state: str = "received"
    read: set[int] = field(default_factory=set)
    ballot: Ballot | None = None
    endorsement: int | None = None
    open: bool = False


@dataclass
class Policy:
    authority: UUID
    networks: tuple[UUID, ...]
    groups: tuple[str, ...] = ()
    areas: tuple[UUID, ...] = ()
    calls: tuple[UUID, ...] = ()
    ended: bool = False


@dataclass
class Row:
    """What one policy asks of one case (7).

    `version`: for which its cause was asked. `ground`: on which it was released. `undone`: on which version a decider
    undid a release.
    """

    cause: str
    version: int
    ground: str | None = None
    waived: bool = False
    undone: int | None = None

    @property
    def asks(self) -> bool:
        return self.ground is None and not self.waived


@dataclass
class Request:
    """`rows`: by the policy. `stood_on`: the endorsements of a decision. `look`: why it is to be looked at (36)."""

    application: UUID
    authority: UUID
    version: int = 1
    state: str = "arrived"
    rows: dict[UUID, Row] = field(default_factory=dict)
    confirmed: bool = False
    look: str | None = None
    stood_on: set[int] = field(default_factory=set)


@dataclass
class Need:
    network: UUID
    organisation: UUID
    agreed: bool = False


@dataclass
class Meeting:
    network: UUID


@dataclass
class Filing:
    application: UUID
    funder: UUID
    call: UUID | None = None
    state: str = "planned"
    sent: bool = False


@dataclass
class Comment:
    need: UUID


Thing = Application | Handling | Request | Need | Meeting | Filing | Comment
