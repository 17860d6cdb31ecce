"""Which policies concern a case, why, and what of that falls when its version or its calls change: rules 5 to 7."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from tests.model_based.ballots import Ballots
from tests.model_based.entities import Handling, Policy, Request, Row, Version

GROUPS = {"KR1": None, "KR1.1": "KR1", "KR1.2": "KR1", "KR2": None}
"""Target groups that the walk uses, with what they lie within."""
LEAST_FIRST = ("no_longer_fits", "missing", "wider", "named")
LETS_OFF = {"wider", "missing", "no_longer_fits"}
"""Causes for which an officer may release a row."""
T = TypeVar("T", str, UUID)


def cause(wanted: tuple[T, ...], named: tuple[T, ...], within: dict[T, T | None]) -> str | None:
    """Rule 5: why a policy for `wanted` concerns what is named; None: it does not."""

    def up(one: T) -> list[T]:
        found, step = [one], within[one]
        while step is not None:
            found.append(step)
            step = within[step]
        return found

    if not wanted:
        return "named"
    if not named:
        return "missing"
    if any(one in wanted for each in named for one in up(each)):
        return "named"
    return "wider" if any(one in named for each in wanted for one in up(each)) else None


@dataclass(frozen=True)
class Anew:
    """A row asked anew. `falls`: what let it off does so no more."""

    cause: str
    falls: bool


@dataclass
class Rows(Ballots):
    """`areas`: each with what it lies within. `elsewhere`: those of municipalities that are no authority's here."""

    areas: dict[UUID, UUID | None] = field(default_factory=dict)
    elsewhere: set[UUID] = field(default_factory=set)

    def calls(self, application: UUID, version: Version) -> set[UUID]:
        """What a version names, and to what a filing is planned or was sent."""
        filed = [one for one in self.filings.values() if one.application == application and one.state != "withdrawn"]
        return {call for call in (version.call, *(one.call for one in filed)) if call is not None}

    def concern(self, policy: Policy, application: UUID, version: Version) -> str | None:
        if policy.calls and not self.calls(application, version) & set(policy.calls):
            return None
        here = tuple(one for one in version.areas if one not in self.elsewhere)
        causes = (cause(policy.groups, version.groups, GROUPS), cause(policy.areas, here, self.areas))
        if None in causes:
            return None
        return next((one for one in ("missing", "wider") if one in causes), "named")

    def concerned(self, request: Request, version: Version) -> dict[UUID, Row]:
        """The rows that the authority's policies of the day make and that are not there yet."""
        found = {}
        for key, policy in self.policies.items():
            why = self.concern(policy, request.application, version)
            if policy.authority == request.authority and not policy.ended and why and key not in request.rows:
                found[key] = Row(why, version.number)
        return found

    def anew(self, request: Request, version: Version) -> dict[UUID, Anew]:
        """Each row on a version. On the one that it was asked on its cause becomes stricter, or its call is gone."""
        found = {}
        for key, row in request.rows.items():
            policy, why = self.policies[key], row.cause
            if why != "brought":
                today = self.concern(policy, request.application, version) or "no_longer_fits"
                gone = bool(policy.calls) and not self.calls(request.application, version) & set(policy.calls)
                stricter = LEAST_FIRST.index(today) > LEAST_FIRST.index(why)
                why = today if version.number > row.version or gone or stricter else why
            falls = row.waived and version.number != request.version
            if row.ground in LETS_OFF:
                falls = row.ground != why
            found[key] = Anew(why, falls)
        return found

    def onto(self, request: Request, version: Version, anew: dict[UUID, Anew]) -> None:
        """The case and its rows on a version: what falls asks again."""
        request.version = version.number
        for key, one in anew.items():
            row = request.rows[key]
            row.cause, row.version = one.cause, version.number
            if one.falls:
                row.ground, row.waived = None, False

    def ground(self, request: Request, key: UUID) -> str | None:
        """Rule 6: why a row may be released now; None: it may not."""
        why = self.anew(request, self.version(request))[key].cause
        return why if why in LETS_OFF else "policy_ended" if self.policies[key].ended else None

    def endorsement_for(self, request: Request, policy: UUID, version: int | None = None) -> int | None:
        """The first endorsement in force, on exactly the case's version, of a network that the policy names."""
        some = self.with_endorsement(request, policy, version)
        return min((one.endorsement for one in some if one.endorsement is not None and not one.open), default=None)

    def with_endorsement(self, request: Request, policy: UUID, version: int | None = None) -> list[Handling]:
        """Who has an endorsement in force there, with open conditions or without."""
        number, named = version or request.version, self.policies[policy].networks
        some = [one for one in self.handled(request.application) if one.network in named and one.version == number]
        return [one for one in some if one.endorsement is not None]

    def all_met(self, request: Request, policies: Iterable[UUID], version: int | None = None) -> bool:
        return all(self.endorsement_for(request, key, version) is not None for key in policies)

    def met(self, request: Request) -> bool:
        """Rule 7: each row is met, waived or released."""
        return self.all_met(request, [key for key, row in request.rows.items() if row.asks])
