"""Errors of ties in dispute, and of who leads instead."""

from puumerkki.kernel.errors import Conflict


class TieAlleged(Conflict):
    """Somebody says that the person is tied, and nobody has settled it yet."""

    code = "tie_alleged"
    message = "Somebody says that you are tied to an applicant. Somebody else does this until that is settled."


class TieQuestionKnown(Conflict):
    """It was asked here already whether this person is tied to this applicant."""

    code = "tie_question_known"
    message = (
        "This person's tie is being asked about, or it was settled. What did not hold, or nobody settled in time, can"
        " be asked again once on a version, by somebody of another organisation."
    )


class TiedAlready(Conflict):
    """The tie is on record."""

    code = "tied_already"
    message = "This person is known to be tied already, and takes no part."


class NotTied(Conflict):
    """No tie of the person to this organisation is on record."""

    code = "not_tied"
    message = "No tie of yours to this organisation is on record, so there is nothing to dispute."


class TieInForce(Conflict):
    """The person holds a role there, or has declared a tie and not taken it back."""

    code = "tie_in_force"
    message = "You have this tie now. Leave the role, or withdraw the declaration, before you dispute it."


class TieCaseOver(Conflict):
    """Nothing is done in the case for which a tie counts."""

    code = "tie_case_over"
    message = "This case is over, so nothing is asked about ties."


class NotAboutYou(Conflict):
    """Only the person whom it is about answers."""

    code = "not_about_you"
    message = "Only the person whom the question is about answers it."


class TieUnheard(Conflict):
    """A tie was settled, and the person has not been heard."""

    code = "tie_unheard"
    message = (
        "It was settled that somebody has a tie. Close the ballot when they have answered, or two days after the"
        " question was raised."
    )


class TieQuestionClosed(Conflict):
    """It was settled, or nobody did so in time."""

    code = "tie_question_closed"
    message = "This question has been settled, or the time for it is over."


class TooManyTieQuestions(Conflict):
    """The people of one organisation keep only so many questions open in a case."""

    code = "too_many_tie_questions"
    message = "Your organisation has five open questions in this case. Wait until one is settled or a week has passed."


class BallotCounted(Conflict):
    """What is found late about a counted ballot is for two persons: they annul it."""

    code = "ballot_counted"
    message = "The votes have been counted. Whoever leads can propose to annul the ballot for a tie found late."


class LeadThere(Conflict):
    """Somebody in office, or whom the representatives chose, leads the case."""

    code = "lead_there"
    message = "Somebody who is not tied leads this case already."


class Disqualified(Conflict):
    """Whoever votes, leads or records stands aside from the case of an applicant that they are tied to."""

    code = "disqualified"
    message = "You are tied to an applicant, so somebody else must do this."


class OfUmbrella(Conflict):
    """Whoever belongs to an applicant's umbrella may lead, and records and confirms nothing."""

    code = "of_umbrella"
    message = "An applicant belongs to your organisation, so somebody else records and confirms this."


class NotSecondPerson(Conflict):
    """This person cannot be the second one of this case."""

    code = "not_second_person"
    message = (
        "You cannot confirm this: a second person is of another organisation than who proposed it, has no tie to an"
        " applicant, and was named by a member or chosen by the members before the version arrived."
    )
