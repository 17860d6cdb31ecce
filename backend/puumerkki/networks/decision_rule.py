"""The decision rule of a rulebook version: how a network decides on an application, and what it asks for."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from puumerkki.kernel.field_types import Flag


class DecisionMethod(StrEnum):
    """How votes become an outcome; `puumerkki.networks.tally` holds each method's arithmetic."""

    consensus = "consensus"
    simple_majority = "simple_majority"
    two_thirds = "two_thirds"
    unanimity = "unanimity"
    no_objection = "no_objection"
    meeting_decides = "meeting_decides"


class ApplicationPart(StrEnum):
    """A part of an application that a network may ask for, in the order of the form."""

    title = "title"  # type: ignore[assignment]  # hides str.title, which no member needs
    purpose = "purpose"
    """Why."""
    target_groups = "target_groups"
    goals = "goals"
    methods = "methods"
    """How."""
    duration = "duration"
    partners = "partners"
    complements = "complements"
    """How it complements public and commercial services."""
    cooperation = "cooperation"
    """The cooperation that is wished for."""
    needs = "needs"
    budget = "budget"
    measures = "measures"


SHORT_FORM: tuple[ApplicationPart, ...] = (
    ApplicationPart.title,
    ApplicationPart.purpose,
    ApplicationPart.target_groups,
    ApplicationPart.goals,
    ApplicationPart.methods,
    ApplicationPart.duration,
    ApplicationPart.partners,
    ApplicationPart.complements,
    ApplicationPart.cooperation,
)
"""What an application must hold unless the rulebook says otherwise."""

NEVER_MINOR = frozenset({ApplicationPart.purpose, ApplicationPart.target_groups, ApplicationPart.budget})
"""What no rulebook makes minor; nor areas, sum, call, attachments, applicants and authorities, which are no parts."""

_FORM_ORDER = {part: place for place, part in enumerate(ApplicationPart)}


def _in_form_order(parts: tuple[ApplicationPart, ...]) -> tuple[ApplicationPart, ...]:
    return tuple(sorted(set(parts), key=_FORM_ORDER.__getitem__))


Parts = Annotated[tuple[ApplicationPart, ...], Field(max_length=len(ApplicationPart)), AfterValidator(_in_form_order)]
"""Parts of an application, each once and in the order of the form, so that equal rules have equal JSON."""


def _what_can_be_minor(parts: tuple[ApplicationPart, ...]) -> tuple[ApplicationPart, ...]:
    return tuple(one for one in parts if one not in NEVER_MINOR)


def _refuse_never_minor(parts: tuple[ApplicationPart, ...]) -> tuple[ApplicationPart, ...]:
    if found := [one.value for one in parts if one in NEVER_MINOR]:
        raise PydanticCustomError("never_minor", "These parts are never minor: {parts}.", {"parts": ", ".join(found)})
    return parts


class DecisionRule(BaseModel):
    """One rulebook version's rule. Frozen: a ballot keeps the rule it was opened under."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    method: DecisionMethod
    quorum_percent: Annotated[int, Strict(), Field(ge=0, le=100)] = 50
    """The share of the base that must vote, blanks included, in whole percent."""
    handling_days: Annotated[int, Strict(), Field(ge=0, le=365)] = 14
    """Days that a handling is open for reading before a ballot may open without a recorded reading."""
    ballot_days: Annotated[int, Strict(), Field(ge=1, le=90)] = 14
    """How long a ballot is open; with `no_objection` the days in which to object."""
    validity_days: Annotated[int, Strict(), Field(ge=1, le=1826)] = 365
    """How long an endorsement is in force."""
    blanks_count: Flag = False
    """Whether blank votes are among the votes cast, of which `two_thirds` needs its share."""
    authority_votes: Flag = False
    """Whether the authority that is asked to be a partner may vote as a member."""
    shared_owners_apart: Flag = False
    """Whether members that share an owner or signatory each have a vote; otherwise they have one together."""
    umbrellas_stand_aside: Flag = False
    """Whether a member to which an applicant belongs does not vote on its application."""
    same_call_stands_aside: Flag = False
    """Whether a member does not vote on an application to a call to which it applies itself."""
    closes_early: Flag = False
    """Whether whoever leads may close a ballot once all have voted by themselves; otherwise two members agree first."""
    one_is_enough: Flag = False
    """Whether one member that votes decides; otherwise fewer than two are no decision."""
    required_parts: Parts = SHORT_FORM
    minor_fields: Annotated[Parts, AfterValidator(_what_can_be_minor)] = ()
    """The parts that a new version may change without superseding the endorsement; of old rules no others are read."""
    votes_public: Flag = False
    declines_public: Flag = False

    @property
    def fewest(self) -> int:
        """So many members vote at least; where silence is consent, so many could have objected."""
        return 1 if self.one_is_enough else 2


class RuleGiven(DecisionRule):
    """A rule as a draft has it: what is never minor is refused."""

    minor_fields: Annotated[Parts, AfterValidator(_refuse_never_minor)] = ()
