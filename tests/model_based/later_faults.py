"""Holes in when conditions count as met (17) and in what operators name and see (41); the council's walk finds each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import false

from puumerkki.applications.compare import only_minor
from puumerkki.disqualification.queries import tied
from puumerkki.handlings.queries import claims
from puumerkki.handlings.service import claim_facts, refusals
from puumerkki.networks.service import people
from puumerkki.organisations.queries import namings as named
from puumerkki.organisations.service import namings

Patch = pytest.MonkeyPatch


def whatever_changed_counts_as_met(patch: Patch) -> None:
    """Rule 17: conditions are met by a version that is another project."""

    async def nothing(*_: Any) -> frozenset[str]:
        return frozenset()

    patch.setattr(claim_facts, "changed_since", nothing)


def an_objection_changes_nothing(patch: Patch) -> None:
    """Rule 17: the member objects, and after seven days the condition counts as met."""

    async def nobody(*_: Any) -> frozenset[Any]:
        return frozenset()

    patch.setattr(claims, "objectors", nobody)


def anybody_settles_an_objection(patch: Patch) -> None:
    """Rule 17: who objects, or is tied, says that the condition is met."""

    async def anybody(*_: Any) -> bool:
        return True

    patch.setattr(claim_facts, "settles", anybody)


def the_purpose_is_minor(patch: Patch) -> None:
    """Rule 17: the endorsement goes along with another purpose, since an old rulebook calls it minor."""

    def minor(old: dict[str, Any], fresh: dict[str, Any], parts: Any) -> bool:
        return only_minor(old, fresh, [*parts, "purpose"])

    patch.setattr(refusals, "only_minor", minor)


def an_owner_is_named_at_once(patch: Patch) -> None:
    """Rule 41: nobody there is told, and no second operator asked."""

    async def nobody(*_: Any) -> bool:
        return False

    patch.setattr(named, "has_owner", nobody)


def one_operator_is_enough(patch: Patch) -> None:
    """Rule 41: though there is another one."""

    async def nobody(*_: Any) -> tuple[()]:
        return ()

    patch.setattr(named, "second_operators", nobody)


def nobody_has_days_to_object(patch: Patch) -> None:
    """Rule 41: the naming takes effect tonight."""
    patch.setattr(namings, "OBJECTIONS", timedelta(0))


def who_is_named_votes_at_once(patch: Patch) -> None:
    """Rule 41: whom an operator's owner named votes on what was open before."""
    patch.setattr(tied, "named_since", lambda *_: false())


def who_is_named_takes_the_voice(patch: Patch) -> None:
    """Rule 41: the real representative is replaced while the network decides."""

    async def nothing(*_: Any) -> None:
        return None

    patch.setattr(people, "require_not_named_since", nothing)


def who_broke_the_glass_votes(patch: Patch) -> None:
    """Rule 41: whoever looked into the case as an operator speaks for a member in it."""
    patch.setattr(tied, "broke_glass", lambda *_: false())


LATER: dict[Callable[[Patch], None], str] = {
    whatever_changed_counts_as_met: "conditions",
    an_objection_changes_nothing: "conditions",
    anybody_settles_an_objection: "conditions",
    the_purpose_is_minor: "conditions",
    an_owner_is_named_at_once: "operators",
    one_operator_is_enough: "operators",
    nobody_has_days_to_object: "operators",
    who_is_named_votes_at_once: "operators",
    who_is_named_takes_the_voice: "operators",
    who_broke_the_glass_votes: "operators",
}
"""What the walk that looks for each is mostly about."""
