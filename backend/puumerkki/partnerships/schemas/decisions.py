"""What the API takes and gives about an authority's decision, proposed or made."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.applications.schemas.named import PersonNamed
from puumerkki.kernel.field_types import SEVERAL_LINES, Cents, Count, Day, Flag, Moment, Schema, ShortLine, Text
from puumerkki.partnerships.models.partner_requests import PartnerOutcome
from puumerkki.partnerships.schemas.gate import DecisionGround


class ContributionKind(StrEnum):
    """What an authority puts in."""

    money = "money"
    working_time = "working_time"
    premises = "premises"
    equipment = "equipment"


class Contribution(Schema):
    """One contribution. Money has its `cents`; working time may have its `hours`."""

    kind: ContributionKind
    cents: Cents | None = None
    hours: Count | None = None
    description: Annotated[str, Field(min_length=1, max_length=2000), SEVERAL_LINES]

    @model_validator(mode="after")
    def _measured(self) -> "Contribution":
        if self.kind == ContributionKind.money and self.cents is None:
            raise ValueError("money needs its cents")
        if self.hours is not None and self.kind != ContributionKind.working_time:
            raise ValueError("only working time has hours")
        return self


class DecisionParts(Schema):
    """What a decision says beside its outcome and its day, whether it is proposed or made."""

    contributions: Annotated[list[Contribution], Field(max_length=50)] = []
    body: ShortLine | None = None
    section: ShortLine | None = None
    reason: Text | None = None
    appeal: Text | None = None


class Decision(DecisionParts):
    """The authority becomes a partner: the body or office, the day, the section of its minutes, and how to appeal.

    `knows_of_revocation`: whoever decides knows that a network considers revoking a puumerkki on which it rests.
    """

    outcome: Literal[PartnerOutcome.statement, PartnerOutcome.letter_of_intent, PartnerOutcome.commitment]
    decided_on: Day
    knows_of_revocation: Flag = False


class NegativeAnswer(Schema):
    """The authority does not become a partner: why, and how to appeal."""

    reason: Text
    body: ShortLine | None = None
    decided_on: Day
    section: ShortLine | None = None
    appeal: Text


class ProposalGiven(DecisionParts):
    """What a decider could decide. A `none` has its reason, says how to appeal, and has no contributions.

    `decided_on`: where the body has decided already; otherwise the day is that of the decision here.
    """

    outcome: Literal[
        PartnerOutcome.statement, PartnerOutcome.letter_of_intent, PartnerOutcome.commitment, PartnerOutcome.none
    ]
    decided_on: Day | None = None


class HandBack(Schema):
    """Why the proposal is not decided as it is, for whoever made it."""

    reason: Text


class Proposer(Schema):
    """Who proposed; of a service account also the people who made it or gave it a secret."""

    principal_id: UUID
    name: str | None
    makers: list[PersonNamed]


class ProposedDecision(ProposalGiven):
    """A proposal that stands: a decider confirms it, hands it back, or decides otherwise."""

    proposed_by: Proposer
    proposed_at: Moment
    version_number: int


class FormerProposedDecision(ProposedDecision):
    """The last one that stands no more. `handed_back_reason` is null where the case changed under it."""

    ended_at: Moment
    ended_by: PersonNamed | None
    handed_back_reason: str | None


class PartnerDecisionPublic(Schema):
    """A decision. `version_number`: the version that it names; `grounds`: what it stood on, for each requirement.

    `grounds` is null for decisions of a time when this was not kept. `proposed_by`: who proposed one, and
    `as_proposed` whether that is what was decided; both null where nobody did.
    """

    outcome: PartnerOutcome
    contributions: list[Contribution]
    body: str | None
    decided_on: Day
    section: str | None
    reason: str | None
    appeal: str | None
    version_number: int
    grounds: list[DecisionGround] | None
    proposed_by: Proposer | None
    as_proposed: bool | None


def decision_public(row: Any, version_number: int, proposer: Proposer | None) -> PartnerDecisionPublic:
    """From the columns of a request or of a former decision."""
    return PartnerDecisionPublic(
        **_decided(row),
        version_number=version_number,
        grounds=None if row.grounds is None else [DecisionGround(**one) for one in row.grounds],
        proposed_by=proposer,
        as_proposed=None if row.proposal is None else is_as_proposed(row, ProposalGiven.model_validate(row.proposal)),
    )


def is_as_proposed(row: Any, proposal: ProposalGiven) -> bool:
    """Whether a decision says in every part what was proposed; the day only where one was proposed."""
    day = proposal.decided_on or row.decided_on
    decided = _decided(row)
    return all(decided[name] == value for name, value in proposal if name != "decided_on") and day == row.decided_on


def _decided(row: Any) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "contributions": [Contribution(**one) for one in row.contributions],
        "body": row.decided_by_body,
        "decided_on": row.decided_on,
        "section": row.decision_section,
        "reason": row.decision_reason,
        "appeal": row.appeal,
    }
