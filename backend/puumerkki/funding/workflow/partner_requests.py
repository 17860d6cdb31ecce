"""One authority's case: states, who may do what, and the gate."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from puumerkki.access.permissions import P
from puumerkki.funding.errors.partner_requests import Disqualified, MarkExpired, MarkMissing, MarkNotAsked
from puumerkki.funding.models import Endorsement, EndorsementState, PartnerRequest
from puumerkki.funding.models import PartnerRequestState as S
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, t


@dataclass(frozen=True)
class PartnerRequestFacts:
    """What the guards need. `mark`: on this version, of a network that the policy names, whatever its days."""

    today: date
    asks_mark: bool
    version_number: int
    network_ids: tuple[UUID, ...] = ()
    networks: tuple[dict[str, Any], ...] = ()
    mark: Endorsement | None = None
    disqualified: bool = False


def holds_on(mark: Endorsement | None, facts: PartnerRequestFacts) -> bool:
    """Whether a mark is of this version and a named network, and has not been ended."""
    return (
        mark is not None
        and mark.state == EndorsementState.valid
        and mark.version_number == facts.version_number
        and mark.network_id in facts.network_ids
    )


def valid_on(mark: Endorsement, day: date) -> bool:
    """Whether a day lies within a mark's validity."""
    return mark.valid_from <= day <= mark.valid_until


def mark_in_force(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """The gate. Without a policy there is none."""
    if not facts.asks_mark:
        return None
    if facts.mark is None or not holds_on(facts.mark, facts):
        return MarkMissing(networks=list(facts.networks))
    if not valid_on(facts.mark, facts.today):
        return MarkExpired(networks=list(facts.networks), endorsement=facts.mark.number)
    return None


def mark_asked_for(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """A request is referred only where the policy asks for a mark that is not there."""
    return MarkNotAsked() if mark_in_force(facts) is None else None


def not_disqualified(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """Nobody handles the case of an organisation that they belong to."""
    return Disqualified() if facts.disqualified else None


@dataclass
class PartnerCase:
    """A request together with its applicants, in whose name applicants act on it."""

    request: PartnerRequest
    applicant_ids: Sequence[UUID] = field(default_factory=tuple)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["request"], name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("request", "applicant_ids"):
            self.__dict__[name] = value
        else:
            setattr(self.request, name, value)


_OFFICER = Grant(P.partner_requests_prepare, on="authority_id")
_DECIDER = Grant(P.partner_requests_decide, on="authority_id")
_ANSWERS = Grant(P.applications_write, on="applicant_ids")
_RECALLS = Grant(P.applications_submit, on="applicant_ids")

PARTNER_REQUEST: Workflow[S] = Workflow(
    kind="partner_request",
    states=S,
    initial=S.arrived,
    transitions=(
        t("refer_to_network", {S.arrived}, S.referred, {ByItself(), _OFFICER}, mark_asked_for, not_disqualified),
        t("begin", {S.arrived, S.referred}, S.in_preparation, {_OFFICER}, mark_in_force, not_disqualified),
        t("ask_supplement", {S.in_preparation}, S.supplement_asked, {_OFFICER}, not_disqualified),
        t("answer_supplement", {S.supplement_asked}, S.in_preparation, {_ANSWERS}),
        t("decide", {S.in_preparation}, S.decided, {_DECIDER}, mark_in_force, not_disqualified),
        t("recall", {S.in_preparation}, S.arrived, {_RECALLS}),
        t("reopen", {S.in_preparation, S.supplement_asked, S.decided, S.withdrawn}, S.arrived, {ByItself()}),
        t(
            "withdraw",
            {S.arrived, S.referred, S.in_preparation, S.supplement_asked, S.decided},
            S.withdrawn,
            {ByItself()},
        ),
    ),
)
"""`register` is the beginning: what reaches an authority arrives by itself. Only the system reopens and withdraws."""
