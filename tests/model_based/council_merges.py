"""Merges on the council's walk: a member goes into another that is the same, and is parted from it again.

The rule is short: but for the name nothing changes. The model calls the member by the other's id, and goes on. What the
member's owner writes in between is the member's again once the two are parted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from puumerkki.kernel import clock
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.organisations.models.organisations import Contact
from tests.archiving import act
from tests.model_based.council_namings import CouncilNamings

DAYS = timedelta(days=30)


@dataclass
class Merged:
    """`votes`: whether the other has a vote since then, where nothing was done to it. `contact`: written since."""

    member: UUID
    into: UUID
    votes: bool
    at: datetime
    contact: UUID


class CouncilMerges(CouncilNamings):
    """Turns of an operator who merges a member, and parts it."""

    merged: Merged | None = None

    async def merge(self) -> None:
        """A member and an organisation that is no member yet, or the two that were merged again."""
        if self.merged is not None:
            await self._part(self.merged)
            return
        model = self.model
        conditions = model.endorsement.conditions.keys() if model.endorsement is not None else set()
        some = model.present.keys() - {model.applicant} - model.archived - model.proposals.keys() - conditions
        if not some:
            return
        member = self.rng.choice(sorted(some))
        twin = (await self.world.organisation(f"Sama {self.steps} ry")).id
        blocks = {"merge_blocked"} if self._votes_now(member, counted=True) or self._is_named(member) else set()
        answer = await act(self._caller(self.operator), member, "merge", into=str(twin), reason="Sama jäsen.")
        if self.hold(self.operator, "merge", answer, blocks):
            await self._call(member, twin)
            at = clock.now()
            self.clocks.enter_context(clock.fixed(at + timedelta(seconds=1)))
            self.merged = Merged(member, twin, model.present[twin], at, await self._work(twin))

    async def _work(self, into: UUID) -> UUID:
        """The owner who came with the merge writes something down for the one that remains."""
        owner = self.callers[f"owner {self.names[into]}"]
        given = {"name": "Toimisto", "email": "toimisto@example.org"}
        answer = await owner.post(f"/organisations/{into}/contacts", given)
        assert answer.status_code == 201, answer.text
        return UUID(answer.json()["id"])

    async def _part(self, merged: Merged) -> None:
        model = self.model
        blocks = set()
        if clock.now() > merged.at + DAYS:
            # it stays so, and another one can be merged
            blocks, self.merged = {"merge_undo_late"}, None
        elif merged.into in model.archived:
            blocks = {"organisation_archived"}
        elif self._votes_now(merged.into, counted=False) or self._is_named(merged.into):
            blocks = {"merge_blocked"}
        elif model.present.get(merged.into) != merged.votes or merged.into in model.proposals:
            blocks = {"merge_touched"}
        answer = await act(self._caller(self.operator), merged.member, "merge/undo")
        if self.hold(self.operator, "undo_merge", answer, blocks):
            await self._call(merged.into, merged.member)
            self.merged = None
            of = select(Contact.organisation_id).where(col(Contact.id) == merged.contact)
            assert (await self.world.session.exec(of)).one() == merged.member, (
                "what was made since is lost to its maker"
            )

    def _votes_now(self, member: UUID, *, counted: bool) -> bool:
        """Whether it is of a ballot or a decision that is open; or, `counted`, of a ballot that is not used yet."""
        model = self.model
        if model.decision is not None and member in model.decision.blocs:
            return True
        poll = model.poll
        if poll is None or member not in poll.electors:
            return False
        return poll.state == "open" or (counted and poll.state == "closed" and model.state == "in_ballot")

    def _is_named(self, member: UUID) -> bool:
        return self.model.naming is not None and self.model.naming.member == member

    async def _call(self, before: UUID, now: UUID) -> None:
        """By another id from now on, wherever it stands."""
        name = self.names.pop(before)
        self.names[now] = name
        self.members.pop(before)
        found = select(NetworkMember).where(
            col(NetworkMember.network_id) == self.model.network, col(NetworkMember.organisation_id) == now
        )
        self.members[now] = (await self.world.session.exec(found.execution_options(populate_existing=True))).one()
        self.scene.members[name] = self.members[now]
        self.model.__dict__.update(_renamed(vars(self.model), before, now))
        for who in (*self.model.people, self.lead):
            who.grants = _renamed(who.grants, before, now)
            for tie in who.ties:
                tie.organisation, tie.grant = _renamed((tie.organisation, tie.grant), before, now)


def _renamed(one: Any, before: UUID, now: UUID) -> Any:
    """The same with another id, in whatever it stands; people and what they hold are left to the caller."""
    if one == before:
        return now
    if isinstance(one, dict):
        return {_renamed(key, before, now): _renamed(value, before, now) for key, value in one.items()}
    if isinstance(one, list | set | frozenset | tuple):
        return type(one)(_renamed(each, before, now) for each in one)
    if hasattr(one, "__dataclass_fields__") and not hasattr(one, "grants"):
        for key, value in list(vars(one).items()):
            setattr(one, key, _renamed(value, before, now))
    return one
