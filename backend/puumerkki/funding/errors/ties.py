"""Errors of ties in dispute, and of who leads instead."""

from puumerkki.kernel.errors import Conflict


class TieAlleged(Conflict):
    """Somebody says that the person is tied, and nobody has settled it yet."""

    code = "tie_alleged"
    message = "Somebody says that you are tied to an applicant. Somebody else does this until that is settled."


class TieQuestionKnown(Conflict):
    """It was asked here already whether this person is tied to this applicant."""

    code = "tie_question_known"
    message = "This tie has been asked about already. It is asked about once."


class TiedAlready(Conflict):
    """The tie is on record."""

    code = "tied_already"
    message = "This person is known to be tied already, and takes no part."


class NotTied(Conflict):
    """No tie of the person to this organisation is on record."""

    code = "not_tied"
    message = "No tie of yours to this organisation is on record, so there is nothing to dispute."


class TieQuestionClosed(Conflict):
    """It was settled, or nobody did so in time."""

    code = "tie_question_closed"
    message = "This question has been settled, or the time for it is over."


class TooManyTieQuestions(Conflict):
    """One person keeps only so many questions open in a case."""

    code = "too_many_tie_questions"
    message = "You have five open questions in this case. Wait until one is settled or a week has passed."


class BallotCounted(Conflict):
    """What is found late about a counted ballot is for two persons: they annul it."""

    code = "ballot_counted"
    message = "The votes have been counted. Whoever leads can propose to annul the ballot for a tie found late."


class LeadThere(Conflict):
    """Somebody in office, or whom the representatives chose, leads the case."""

    code = "lead_there"
    message = "Somebody who is not tied leads this case already."
