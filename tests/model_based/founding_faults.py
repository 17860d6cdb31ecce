"""Holes in who is who (23), planted for one test each; a walk must come upon every one."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import true

from puumerkki.access import actor
from puumerkki.applications.queries import application_facts
from puumerkki.networks.service import members
from puumerkki.organisations.queries import visibility
from puumerkki.organisations.service import confirmations

Patch = pytest.MonkeyPatch


async def _yes(*_: Any) -> bool:
    return True


async def _no(*_: Any) -> bool:
    return False


def unconfirmed_ones_apply(patch: Patch) -> None:
    """Rule 23: a version names an organisation that somebody added this morning."""

    class Nobody:
        async def all(self, *_: Any, **__: Any) -> list[Any]:
            return []

    patch.setattr(application_facts, "_UNCONFIRMED", Nobody())


def unconfirmed_ones_act(patch: Patch) -> None:
    """Rule 23: they file, raise needs, sign, and speak."""
    patch.setattr(actor, "BY_UNCONFIRMED", frozenset())


def its_adder_confirms_it(patch: Patch) -> None:
    """Rule 23: an officer or coordinator confirms what is their own."""
    patch.setattr(confirmations, "_is_part", _no)


def it_comes_in_unconfirmed(patch: Patch) -> None:
    """Rule 23: its own yes, or the coordinator's, makes it a member."""
    patch.setattr(members, "is_confirmed", _yes)


def everybody_sees_it(patch: Patch) -> None:
    """Rule 23: it stands beside the others before anybody has confirmed it."""
    patch.setattr(visibility, "readable", lambda _: true())


HOLES: tuple[Callable[[Patch], None], ...] = (
    unconfirmed_ones_apply,
    unconfirmed_ones_act,
    its_adder_confirms_it,
    it_comes_in_unconfirmed,
    everybody_sees_it,
)
