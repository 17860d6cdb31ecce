"""The workflow of a report: submitted by its organisation, accepted or returned by another party."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from puumerkki.access.permissions import P
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import Grant, MayAct, Workflow, transition
from puumerkki.reports import errors
from puumerkki.reports.models import ReportState as S


@dataclass(frozen=True)
class ForReport:
    """An actor seen from one report: a permission `on` its id is one in any of the parties that receive it."""

    actor: MayAct
    report_id: UUID
    receiver_ids: Collection[UUID]

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """As `Actor.may`, and on the report itself."""
        if on == self.report_id:
            return any(self.actor.may(permission, one) for one in self.receiver_ids)
        return self.actor.may(permission, on)


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """What the guards need. `own`: the actor is who submitted it."""

    complete: bool = True
    own: bool = False


def complete(facts: ReportFacts) -> PuumerkkiError | None:
    """A report says what was done."""
    return None if facts.complete else errors.ReportIncomplete()


def another_person(facts: ReportFacts) -> PuumerkkiError | None:
    """Nobody answers for the other party what they submitted themselves, whatever roles they hold there."""
    return errors.OwnReport() if facts.own else None


_WRITES = Grant(P.reports_write, on="organisation_id")
_RECEIVES = Grant(P.reports_accept, on="id")

REPORT: Workflow[S] = Workflow(
    kind="report",
    states=S,
    initial=S.draft,
    transitions=(
        transition("submit", {S.draft, S.returned}, S.submitted, {_WRITES}, complete),
        transition("accept", {S.submitted}, S.accepted, {_RECEIVES}, another_person),
        transition("return", {S.submitted}, S.returned, {_RECEIVES}, another_person),
    ),
)
"""Its actor is `ForReport`."""
