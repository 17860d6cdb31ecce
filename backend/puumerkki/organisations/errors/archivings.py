"""Why an archiving cannot be proposed or answered, and what is possible instead."""

from puumerkki.kernel.errors import Conflict


class ArchivingOpen(Conflict):
    """One proposal at a time."""

    code = "archiving_open"
    message = (
        "It is proposed already to archive the organisation. Its administrators agree or object, or the operator"
        " drops it."
    )


class NoArchivingOpen(Conflict):
    """Nothing is proposed."""

    code = "no_archiving_open"
    message = "It is not proposed to archive the organisation."


class SuccessorStands(Conflict):
    """Who said yes stands in its place."""

    code = "successor_stands"
    message = "A successor has said yes already, or the reason for archiving was never recorded."


class SuccessorByItsPeople(Conflict):
    """The people of an archived organisation name its successor."""

    code = "successor_by_its_people"
    message = (
        "The organisation has people: its administrator names the successor. The operator can restore it and propose"
        " the archiving again, with the successor."
    )


class SuccessorAnswered(Conflict):
    """It said so already."""

    code = "successor_answered"
    message = "Your organisation has answered already. The archived organisation can name a successor again."


class SuccessorArchived(Conflict):
    """Who is archived stands for nobody."""

    code = "successor_archived"
    message = "An archived organisation cannot take another one's place. Ask the operator to restore it first."


class ArchivingByYou(Conflict):
    """Whoever proposed it does not agree for another."""

    code = "archiving_by_you"
    message = "You proposed this. Another administrator agrees, or it takes effect when the time to object is over."


class AdministratorSince(Conflict):
    """Whoever became an administrator since it was proposed does not agree for those who were there."""

    code = "administrator_since"
    message = (
        "You became an administrator after this was proposed. One who was there agrees, or it takes effect when the"
        " time to object is over."
    )
