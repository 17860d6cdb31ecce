"""When conditions count as met, and what an endorsement may move to."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.endorsements.errors import conditions as errors
from puumerkki.endorsements.errors.conditions import ApplicantsChanged, NoConditions, NoEndorsement, NoNewerVersion
from puumerkki.endorsements.models.conditions import ClaimState
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Workflow, transition


@dataclass(frozen=True, kw_only=True)
class ConditionFacts:
    """Facts of the endorsement, and of the word that its conditions are met.

    `newer_version`: one waits, and it differs in the parts `beyond` from what the conditions concern. `claimed_by`: who
    said that conditions are met, while that waits; `claim_due`: the time to object is over; `objected`: a member did;
    `all_answered`: whoever was asked has; `word_needed`: silence is no yes, as parts changed that are never minor or
    nobody could be asked, and not all agree, or nobody does who is not of the claimer's side; `settles`: the actor can
    be the second person who says; `claim_holds`: the newest version is the one that it was of.
    """

    endorsement_holds: bool = False
    open_conditions: bool = False
    newer_version: bool = False
    other_applicants: bool = False
    beyond: tuple[str, ...] = ()
    claimed_by: UUID | None = None
    claim_due: bool = False
    objected: bool = False
    all_answered: bool = False
    word_needed: bool = False
    settles: bool = False
    claim_holds: bool = True


def endorsement_holds(facts: ConditionFacts) -> PuumerkkiError | None:
    return None if facts.endorsement_holds else NoEndorsement()


def has_open_conditions(facts: ConditionFacts) -> PuumerkkiError | None:
    return None if facts.open_conditions else NoConditions()


def newer_version_waits(facts: ConditionFacts) -> PuumerkkiError | None:
    return None if facts.newer_version else NoNewerVersion()


def applicants_same(facts: ConditionFacts) -> PuumerkkiError | None:
    return ApplicantsChanged() if facts.other_applicants else None


def changes_within(facts: ConditionFacts) -> PuumerkkiError | None:
    return errors.ChangesBeyond(parts=list(facts.beyond)) if facts.beyond else None


def no_claim_waits(facts: ConditionFacts) -> PuumerkkiError | None:
    return errors.ClaimWaits() if facts.claimed_by else None


def claim_waits(facts: ConditionFacts) -> PuumerkkiError | None:
    return None if facts.claimed_by else errors.NoClaim()


def claim_of_newest(facts: ConditionFacts) -> PuumerkkiError | None:
    return None if facts.claim_holds else errors.NoClaim()


def answers_in_time(facts: ConditionFacts) -> PuumerkkiError | None:
    return errors.ClaimAnswersOver() if facts.claim_due and not (facts.objected or facts.word_needed) else None


def nobody_objects(facts: ConditionFacts) -> PuumerkkiError | None:
    return errors.ClaimObjected() if facts.objected else None


def silence_settles(facts: ConditionFacts) -> PuumerkkiError | None:
    return errors.WordNeeded() if facts.word_needed else None


def needs_settling(facts: ConditionFacts) -> PuumerkkiError | None:
    waits = facts.objected or (facts.word_needed and facts.claim_due)
    return None if waits else errors.NothingToSettle()


def members_had_their_days(facts: ConditionFacts) -> PuumerkkiError | None:
    return None if facts.claim_due or facts.all_answered else errors.ClaimAnswersOpen()


def settles_claim(facts: ConditionFacts) -> PuumerkkiError | None:
    return None if facts.settles else errors.NotSettler()


REFUSES = (needs_settling, settles_claim)
SETTLES = (*REFUSES, members_had_their_days)
"""What a second person needs who says that conditions are met; that they are not needs no waiting."""

CLAIM: Workflow[ClaimState] = Workflow(
    kind="conditions_claim",
    states=ClaimState,
    initial=ClaimState.open,
    transitions=(
        transition("carry", {ClaimState.open}, ClaimState.effective, {ByItself()}),
        transition("fall", {ClaimState.open}, ClaimState.fell, {ByItself()}),
    ),
)
"""Who may is said by the handling's table, of which these are the consequences."""
