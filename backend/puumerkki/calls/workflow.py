"""The workflow of a funder's call."""

from dataclasses import dataclass
from datetime import datetime

from puumerkki.access.permissions import P
from puumerkki.calls.errors import CallOver
from puumerkki.calls.models import CallState as S
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import Grant, Workflow, transition


@dataclass(frozen=True)
class CallFacts:
    """What the guards need."""

    now: datetime
    closes_at: datetime


def not_over(facts: CallFacts) -> PuumerkkiError | None:
    """Only what can still be applied to is published."""
    return CallOver() if facts.closes_at <= facts.now else None


_FUNDER = Grant(P.calls_publish, on="funder_id")

CALL: Workflow[S] = Workflow(
    kind="funding_call",
    states=S,
    initial=S.draft,
    transitions=(
        transition("publish", {S.draft}, S.published, {_FUNDER}, not_over),
        transition("cancel", {S.draft, S.published}, S.cancelled, {_FUNDER}),
    ),
)
