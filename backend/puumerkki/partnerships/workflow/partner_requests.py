"""One authority's case: states, who may do what, and the gate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from puumerkki.access.permissions import P
from puumerkki.applications.models.recipients import PartnerRequestState as S
from puumerkki.disqualification.errors.kept_out import KeptOut, refusal_to_take_part
from puumerkki.disqualification.errors.ties import TieAlleged
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, MayAct, Workflow, transition
from puumerkki.partnerships.errors.partner_requests import (
    ConditionsOpen,
    Disqualified,
    EndorsementHasExpired,
    EndorsementMissing,
    EndorsementNotAsked,
    GroupsUnconfirmed,
    NothingProposed,
    NothingToLookAt,
    TwoHats,
)
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.workflow.gate import GateFacts, RowFacts, carried_by, met_by, valid_on


@dataclass(frozen=True)
class PartnerRequestFacts:
    """What the guards need. `two_hats`: the actor led, recorded or confirmed in a network's handling.

    `kept_out`: why the actor is disqualified without a tie.
    """

    gate: GateFacts
    disqualified: bool = False
    kept_out: KeptOut | None = None
    two_hats: bool = False
    alleged: bool = False
    to_look_at: bool = False
    proposed: bool = False

    @property
    def today(self) -> date:
        return self.gate.today


def endorsements_in_force(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """The gate: every policy that concerns the case is met today. Without one there is none."""
    return _lacking(facts, lambda one: met_by(one, facts.today))


def endorsements_carry(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """The gate at the decision: as before, and an endorsement that preparation began on carries for 90 days more."""
    return _lacking(facts, lambda one: carried_by(one, facts.gate))


def _lacking(facts: PartnerRequestFacts, met: Callable[[RowFacts], Endorsement | None]) -> PuumerkkiError | None:
    unmet = [one for one in facts.gate.rows if met(one) is None]
    if not unmet:
        return None
    ids = dict.fromkeys(id_ for one in unmet for id_ in one.row.network_ids)
    details: dict[str, Any] = {
        "networks": [facts.gate.networks[id_] for id_ in ids if id_ in facts.gate.networks],
        "requirements": [str(one.row.id) for one in unmet],
    }
    if any(not one.endorsements for one in unmet):
        return EndorsementMissing(**details)
    if all(any(valid_on(endorsement, facts.today) for endorsement in one.endorsements) for one in unmet):
        endorsements = [
            endorsement for one in unmet for endorsement in one.endorsements if valid_on(endorsement, facts.today)
        ]
        return ConditionsOpen(**details, endorsements=sorted({endorsement.number for endorsement in endorsements}))
    expired = next(
        endorsement for one in unmet for endorsement in one.endorsements if not valid_on(endorsement, facts.today)
    )
    return EndorsementHasExpired(**details, endorsement=expired.number)


def endorsement_asked_for(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """A request is referred only where a policy asks for an endorsement that is not there."""
    return EndorsementNotAsked() if endorsements_in_force(facts) is None else None


def groups_confirmed(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """Where no policy concerns the case, the officer says that its groups and areas are right."""
    return GroupsUnconfirmed() if facts.gate.none_concerns and not facts.gate.groups_confirmed else None


def to_be_looked_at(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """A decision is kept or taken up again only where something under it has changed."""
    return None if facts.to_look_at else NothingToLookAt()


def a_proposal_stands(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """Only what is proposed is handed back."""
    return None if facts.proposed else NothingProposed()


def not_disqualified(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """Nobody handles the case of an organisation that they belong to."""
    return refusal_to_take_part(facts.kept_out, Disqualified) if facts.disqualified else None


def not_alleged(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """Whoever is said to be tied decides nothing until that is settled."""
    return TieAlleged() if facts.alleged else None


def one_hat(facts: PartnerRequestFacts) -> PuumerkkiError | None:
    """Whoever led in the network prepares, and decides nothing."""
    return TwoHats() if facts.two_hats else None


@dataclass
class PartnerCase:
    """A request together with its version's applicants, the leading one first, in whose name they act on it.

    `actor`: who acts, as one who prepares or decides where the case was handed to them.
    """

    request: PartnerRequest
    applicant_ids: Sequence[UUID]
    actor: MayAct

    @property
    def leading_id(self) -> UUID:
        """The applicant that submitted the request, and alone takes it back."""
        return self.applicant_ids[0]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["request"], name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("request", "applicant_ids", "actor"):
            self.__dict__[name] = value
        else:
            setattr(self.request, name, value)


_OFFICER = Grant(P.partner_requests_prepare, on="authority_id")
_PROPOSER = Grant(P.partner_requests_propose, on="authority_id")
_DECIDER = Grant(P.partner_requests_decide, on="authority_id")
_ANSWERS = Grant(P.applications_write, on="applicant_ids")
_RECALLS = Grant(P.applications_submit, on="leading_id")
_OPEN = (S.arrived, S.referred, S.in_preparation, S.supplement_asked)

_DECIDES = (not_disqualified, not_alleged, one_hat)

PARTNER_REQUEST: Workflow[S] = Workflow(
    kind="partner_request",
    states=S,
    initial=S.arrived,
    transitions=(
        transition(
            "refer_to_network", {S.arrived}, S.referred, {ByItself(), _OFFICER}, endorsement_asked_for, not_disqualified
        ),
        transition(
            "begin",
            {S.arrived, S.referred},
            S.in_preparation,
            {_OFFICER},
            endorsements_in_force,
            groups_confirmed,
            not_disqualified,
        ),
        transition("ask_supplement", {S.in_preparation}, S.supplement_asked, {_OFFICER}, not_disqualified),
        transition("answer_supplement", {S.supplement_asked}, S.in_preparation, {_ANSWERS}),
        transition(
            "close_supplement", {S.supplement_asked}, S.in_preparation, {_OFFICER}, endorsements_carry, not_disqualified
        ),
        transition("propose", {S.in_preparation}, S.in_preparation, {_PROPOSER}, not_disqualified),
        transition("hand_back", {S.in_preparation}, S.in_preparation, {_DECIDER}, a_proposal_stands, *_DECIDES),
        transition("decide", {S.in_preparation}, S.decided, {_DECIDER}, endorsements_carry, *_DECIDES),
        transition("answer_none", set(_OPEN), S.decided, {_DECIDER}, *_DECIDES),
        transition("not_take_up", {S.arrived, S.referred}, S.decided, {_DECIDER}, *_DECIDES),
        transition("keep", {S.decided}, S.decided, {_DECIDER}, to_be_looked_at, *_DECIDES),
        transition("reopen", {S.decided}, S.arrived, {_DECIDER}, to_be_looked_at, *_DECIDES),
        *(transition("bring", {state}, state, {_OFFICER}, not_disqualified) for state in _OPEN),
        *(transition("release", {state}, state, {_OFFICER, _DECIDER}, not_disqualified) for state in _OPEN),
        *(transition("undo", {state}, state, {_DECIDER}, *_DECIDES) for state in _OPEN),
        *(transition("waive", {state}, state, {_DECIDER}, *_DECIDES) for state in _OPEN),
        *(transition("name_preparer", {state}, state, {_OFFICER, _DECIDER}, not_disqualified) for state in _OPEN),
        transition("recall", {S.in_preparation}, S.arrived, {_RECALLS}),
        transition("send_back", {S.in_preparation, S.supplement_asked, S.withdrawn}, S.arrived, {ByItself()}),
        transition("withdraw", set(_OPEN), S.withdrawn, {ByItself()}),
    ),
)
"""`register` is the beginning: what reaches an authority arrives by itself. Only the system sends back and withdraws.
`answer_none` and `not_take_up` stand on nothing: an authority can always answer no. Out of `decided` only a decider
leads. A decider releases too: after their undo nobody else does, on that version. A proposal changes no state."""
