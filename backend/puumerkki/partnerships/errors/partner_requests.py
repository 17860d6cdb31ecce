"""Errors of partner requests."""

from puumerkki.kernel.errors import Conflict


class EndorsementMissing(Conflict):
    """The gate: a policy that concerns the case is not met on this version.

    In the answer, `networks` names whose endorsement is asked for, `requirements` the rows that lack one.
    """

    code = "endorsement_missing"
    message = "The authority requires a network's puumerkki on this version before it starts. There is none."


class EndorsementHasExpired(Conflict):
    """The gate: the endorsement on this version is not valid on this day, and carries no longer."""

    code = "endorsement_expired"
    message = "The network's puumerkki on this version is not valid today."


class ConditionsOpen(Conflict):
    """The gate: the endorsement has conditions that must be met before the authority begins."""

    code = "conditions_open"
    message = "The puumerkki has conditions that must be met before the authority begins. They are not met yet."


class GroupsUnconfirmed(Conflict):
    """No policy of the authority concerns the case, and nobody has said that its groups and areas are right."""

    code = "groups_unconfirmed"
    message = "No puumerkki requirement concerns this case. Confirm that its target groups and areas are right."


class RevocationUnseen(Conflict):
    """A network considers revoking what the decision would rest on, and the decider has not said that they know it."""

    code = "revocation_unseen"
    message = "The network is considering revoking the puumerkki. Confirm that you know of it."


class EndorsementNotAsked(Conflict):
    """Nothing to refer to a network: no policy asks for an endorsement, or it is there."""

    code = "endorsement_not_asked"
    message = "No puumerkki is required here, or it has already been given."


class NothingToLookAt(Conflict):
    """The decision stands on what it stood on: there is nothing to keep or to take up again."""

    code = "nothing_to_look_at"
    message = "Nothing under this decision has changed, so there is nothing to look at."


class PolicyConcernsAlready(Conflict):
    """The policy has its row on this case."""

    code = "policy_concerns_already"
    message = "This puumerkki requirement concerns the case already."


class RequirementSettled(Conflict):
    """The row asks no more: it was released or waived."""

    code = "requirement_settled"
    message = "This requirement has been released or waived already."


class NotReleasable(Conflict):
    """The application names what the policy is for: only an endorsement or a waiver meets it."""

    code = "not_releasable"
    message = "The requirement concerns the case by what the application names: it can be met or waived, not released."


class ReleaseUndone(Conflict):
    """A decider undid the release on this version: it is the decider's from then on."""

    code = "release_undone"
    message = "A decider has undone the release on this version, so only a decider can release the requirement."


class NotToUndo(Conflict):
    """Nobody brought, released or waived it."""

    code = "nothing_to_undo"
    message = "Nobody has added, released or waived this requirement, so there is nothing to undo."


class WaiverUnfounded(Conflict):
    """As far as can be seen the network can answer, and still may."""

    code = "waiver_unfounded"
    message = "As far as can be seen, the networks can answer and have time to do so."


class ViewGiven(Conflict):
    """The network has stated its view of the waiver."""

    code = "view_given"
    message = "The network has stated its view already."


class TwoHats(Conflict):
    """Whoever led, recorded or confirmed in a network prepares the case and decides nothing in it."""

    code = "two_hats"
    message = "You led or confirmed this in a network, so another decider must decide it."


class Disqualified(Conflict):
    """The officer or decider is tied to an applicant."""

    code = "disqualified"
    message = "You have a tie to an applicant, so somebody else must do this."


class NothingProposed(Conflict):
    """No proposal stands: none was made, or it was decided, handed back, or fell."""

    code = "no_proposal"
    message = "No decision is proposed in this case now. An officer or a service account can propose one."
