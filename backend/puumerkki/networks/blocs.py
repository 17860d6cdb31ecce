"""Members that vote together, seen as one: in the base, in the quorum, and by one vote. Pure, before the tally."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from puumerkki.networks.tally import Choice


@dataclass(frozen=True)
class Counted:
    """What the tally is made of, with one member for each bloc."""

    votes: dict[UUID, Choice]
    electorate: frozenset[UUID]
    recused: frozenset[UUID]


def as_one(
    votes: Mapping[UUID, Choice],
    *,
    electorate: frozenset[UUID],
    recused: frozenset[UUID],
    applying: frozenset[UUID],
    blocs: Mapping[UUID, UUID],
) -> Counted:
    """The first member of a bloc that voted stands for it; `votes` come in the order in which they were first given.

    `applying`: the members that are recused as applicants. A bloc with such a member stands aside as a whole; otherwise
    it stands aside once all of its members do.
    """
    members: dict[UUID, list[UUID]] = {}
    for one in sorted(electorate):
        members.setdefault(blocs.get(one, one), []).append(one)
    order = list(votes)
    kept, aside = set(), set()
    for bloc in members.values():
        free = [one for one in bloc if one not in recused]
        if not free or applying.intersection(bloc):
            kept.add(bloc[0])
            aside.add(bloc[0])
        else:
            kept.add(_first(free, order))
    given = {one: choice for one, choice in votes.items() if one in kept - aside}
    return Counted(given, frozenset(kept), frozenset(aside) | (recused - electorate))


def _first(members: Sequence[UUID], order: Sequence[UUID]) -> UUID:
    return next((one for one in order if one in members), members[0])
