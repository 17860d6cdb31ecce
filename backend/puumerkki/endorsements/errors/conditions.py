"""What blocks that conditions count as met, and that an endorsement moves to a newer version."""

from puumerkki.kernel.errors import Conflict


class ChangesBeyond(Conflict):
    """The newer version changes more than the conditions concern and the rulebook calls minor."""

    code = "changes_beyond"
    message = (
        "The newer version changes parts that no condition concerns and that the rulebook of the decision does not call"
        " minor. Handle the new version again, or the applicant submits one that changes only what the conditions ask."
    )


class ClaimWaits(Conflict):
    """It was said already that conditions are met."""

    code = "claim_waits"
    message = "Conditions have been called met already; the members whose conditions they are can still object."


class NoClaim(Conflict):
    """Nothing waits that was called met."""

    code = "no_claim"
    message = "No conditions wait to count as met."


class ClaimAnswersOver(Conflict):
    """The days to object are over."""

    code = "claim_answers_over"
    message = "The days in which members could object are over."


class ClaimAnswersOpen(Conflict):
    """Members can still object."""

    code = "claim_answers_open"
    message = (
        "Members can still say whether they object. The conditions can be confirmed as met once all who were asked have"
        " answered, or the time to object is over. That they are not met can be said now."
    )


class ClaimObjected(Conflict):
    """A member objects, so a second person says."""

    code = "claim_objected"
    message = "A member objects, so a second person says whether the conditions are met."


class ClaimRefused(Conflict):
    """A second person said of this version that it does not meet the conditions."""

    code = "claim_refused"
    message = (
        "A second person said that these conditions are not met in this version. They can be called met again once the"
        " applicant has submitted a newer version."
    )


class WordNeeded(Conflict):
    """Silence does not settle it."""

    code = "word_needed"
    message = (
        "Parts changed that are never minor, or nobody could be asked: the conditions count as met once all who were"
        " asked agree, or a second person says so."
    )


class NothingToSettle(Conflict):
    """Nobody objects, or members can still answer."""

    code = "nothing_to_settle"
    message = "No member objects, so nobody has to settle it now."


class NotSettler(Conflict):
    """This person cannot say whether the conditions are met."""

    code = "not_settler"
    message = (
        "You cannot settle this: a second person is of another organisation than who called the conditions met, does"
        " not speak for a member that objects, has no tie to an applicant, and was named by a member or chosen by the"
        " members before the version arrived."
    )


class NotAsked(Conflict):
    """It is not this member's condition."""

    code = "not_asked"
    message = "This member was not asked: none of the conditions is its own."


class OwnClaim(Conflict):
    """Whoever called the conditions met does not answer for a member."""

    code = "own_claim"
    message = "You called the conditions met yourself, so somebody else answers for this member."


class ApplicantsChanged(Conflict):
    """An endorsement does not move to a version of other applicants."""

    code = "applicants_changed"
    message = "The newer version has other applicants, so it has to be handled again."


class NoConditions(Conflict):
    """The puumerkki has no conditions that are not yet met."""

    code = "no_conditions"
    message = "The puumerkki has no open conditions."


class NoEndorsement(Conflict):
    """The handling has no endorsement in force, or it has expired."""

    code = "no_endorsement"
    message = "There is no valid puumerkki any more."


class NoNewerVersion(Conflict):
    """No newer version waits."""

    code = "no_newer_version"
    message = "There is no newer version than the one that was given the puumerkki."
