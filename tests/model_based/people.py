"""Who acts on a walk: what they may, to whom they are tied; by hand from the design's sections 5 and 6."""

from dataclasses import dataclass, field
from uuid import UUID

Grant = tuple[str, UUID, UUID | None]
"""A role, where, and for which member organisation it speaks."""

IN_AN_ORGANISATION = {"viewer", "editor", "owner", "signatory"}
IN_AN_AUTHORITY = {"officer", "decider", "registry"}
IN_A_NETWORK = {"representative", "deputy", "coordinator", "chair", "secretary", "observer"}
REPRESENTATIVES = {"representative", "deputy"}
HAVE: dict[str, set[str]] = {
    "organisations:read": IN_AN_ORGANISATION | IN_AN_AUTHORITY,
    "organisations:update": {"editor", "owner"},
    "people:manage": {"owner"},
    "applications:read": IN_AN_ORGANISATION,
    "applications:write": {"editor", "owner"},
    "applications:submit": {"editor"},
    "applications:withdraw": {"owner"},
    "applicants:answer": {"owner", "signatory"},
    "filings:write": {"editor"},
    "needs:raise": {"editor"},
    "calls:publish": {"editor", "officer"},
    "partner_requests:read": IN_AN_AUTHORITY,
    "partner_requests:prepare": {"officer"},
    "partner_requests:decide": {"decider"},
    "networks:read": IN_A_NETWORK,
    "networks:lead": {"coordinator"},
    "needs:agree": {"coordinator"},
    "meetings:record": {"coordinator", "chair", "secretary"},
    "handlings:read": IN_A_NETWORK,
    "handlings:lead": {"coordinator"},
    "handlings:record": {"secretary"},
    "discussions:write": {"editor", "owner", "signatory", "officer", "decider", "registry"}
    | IN_A_NETWORK - {"observer"},
    "ballots:vote": REPRESENTATIVES,
}
"""What each role may, where it is held. Nobody's role reaches into another scope."""
NOT_BEFORE = {"needs:raise", "calls:publish", "filings:write"}
"""What an organisation does not do before it is confirmed. It drafts; that it submits nothing stands in its way."""


@dataclass
class Tie:
    """A role in an organisation, or a voice for it (`grant`), or what somebody declared (None). Steps of the walk."""

    organisation: UUID
    grant: Grant | None
    until: int | None = None


@dataclass(eq=False)
class Somebody:
    """A person, a service account with its scopes, or nobody at all. `newcomers`: what nobody confirmed."""

    name: str
    grants: set[Grant] = field(default_factory=set)
    scopes: frozenset[str] | None = None
    anonymous: bool = False
    operator: bool = False
    ties: list[Tie] = field(default_factory=list)
    offers: set[tuple[str, UUID]] = field(default_factory=set)
    newcomers: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        for grant in self.grants:
            self._bind(grant)

    def __str__(self) -> str:
        return f"{self.name} {sorted((role, str(where)[-6:]) for role, where, _ in self.grants)}"

    @property
    def person(self) -> bool:
        return self.scopes is None and not self.anonymous

    def may(self, what: str, where: UUID) -> bool:
        if self.scopes is not None and what not in self.scopes:
            return False
        return self.holds(what, where) and not (where in self.newcomers and what in NOT_BEFORE)

    def holds(self, what: str, where: UUID) -> bool:
        """Whether a role there may, in an organisation that acts."""
        return any(role in HAVE[what] and scope == where for role, scope, _ in self.grants)

    def speaks(self, network: UUID, organisation: UUID) -> bool:
        return any(
            role in REPRESENTATIVES and (scope, representative) == (network, organisation)
            for role, scope, representative in self.grants
        )

    def belongs(self, where: UUID) -> bool:
        """Whether somebody has a role there, or speaks for it: further ones need no consent."""
        return any(where in (scope, representative) for _, scope, representative in self.grants)

    def get(self, grant: Grant) -> None:
        self.grants.add(grant)
        self._bind(grant)

    def lose(self, scope: UUID, now: int) -> None:
        """All roles in one place; the ties by them end, and are not forgotten."""
        for tie in self.ties:
            if tie.grant is not None and tie.grant[1] == scope and tie.until is None:
                tie.until = now
        self.grants = {grant for grant in self.grants if grant[1] != scope}

    def lose_one(self, grant: Grant, now: int) -> None:
        """One role; the tie by it ends."""
        self.grants.discard(grant)
        for tie in self.ties:
            if tie.grant == grant and tie.until is None:
                tie.until = now

    def declare(self, organisation: UUID, now: int, *, holds: bool) -> None:
        for tie in self.ties:
            if tie.grant is None and tie.organisation == organisation and tie.until is None:
                tie.until = now
        if holds:
            self.ties.append(Tie(organisation, None))

    def declares(self, organisation: UUID) -> bool:
        return any((tie.organisation, tie.grant, tie.until) == (organisation, None, None) for tie in self.ties)

    def bound_to(self, organisations: set[UUID], since: int) -> bool:
        """Rule 11: a tie at any time since then, taken back or not."""
        return any(tie.organisation in organisations and (tie.until is None or tie.until >= since) for tie in self.ties)

    def sides(self, since: int) -> set[UUID]:
        """Whose people somebody is, or was since then."""
        return {tie.organisation for tie in self.ties if tie.until is None or tie.until >= since}

    def _bind(self, grant: Grant) -> None:
        role, scope, representative = grant
        organisation = representative if role in IN_A_NETWORK else scope
        if organisation is not None:
            self.ties.append(Tie(organisation, grant))
