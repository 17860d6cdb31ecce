"""The workflow of a filing: one application to one funder. No endorsement and no deadline stops it."""

from dataclasses import dataclass

from puumerkki.access.permissions import P
from puumerkki.filings import errors
from puumerkki.filings.models import FilingState as S
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition


@dataclass(frozen=True, kw_only=True)
class FilingFacts:
    """What the guards need. `recovered_cents`: in all, with what is to be recovered now."""

    has_version: bool = True
    application_withdrawn: bool = False
    granted_cents: int | None = None
    recovered_cents: int = 0


def version_frozen(facts: FilingFacts) -> PuumerkkiError | None:
    """Only a frozen version is filed."""
    return None if facts.has_version else errors.VersionUnknown()


def not_withdrawn(facts: FilingFacts) -> PuumerkkiError | None:
    """A withdrawn application is not sent."""
    return errors.ApplicationWithdrawn() if facts.application_withdrawn else None


def within_grant(facts: FilingFacts) -> PuumerkkiError | None:
    """No more is recovered than was granted."""
    return errors.GrantExceeded() if facts.recovered_cents > (facts.granted_cents or 0) else None


_WRITES = Grant(P.filings_write, on="application_id")

FILING: Workflow[S] = Workflow(
    kind="filing",
    states=S,
    initial=S.planned,
    transitions=(
        transition("file", {S.planned}, S.filed, {_WRITES}, not_withdrawn, version_frozen),
        transition("grant", {S.filed}, S.granted, {_WRITES}),
        transition("refuse", {S.filed}, S.refused, {_WRITES}),
        transition("withdraw", {S.planned, S.filed}, S.withdrawn, {_WRITES}),
        transition("change_plan", {S.granted, S.plan_changed}, S.plan_changed, {_WRITES}),
        transition("report", {S.granted, S.plan_changed}, S.reported, {_WRITES, ByItself()}),
        transition("close", {S.reported}, S.closed, {_WRITES}),
        *(transition("recover", {state}, state, {_WRITES}, within_grant) for state in (S.granted, S.plan_changed)),
        *(transition("recover", {state}, state, {_WRITES}, within_grant) for state in (S.reported, S.closed)),
    ),
)
"""Its actor is `ForApplicants`. A report that is submitted here makes it reported by itself.

`recover` adds to what was paid back and leaves the state.
"""
