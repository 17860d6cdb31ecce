"""This room's errors."""

from puumerkki.kernel.errors import Conflict, Forbidden, NotFound


class NoRulebookInForce(Conflict):
    """A network works by its rules."""

    code = "no_rulebook_in_force"
    message = "The network has no rulebook in force."


class NoActiveMember(Conflict):
    """A network is its members."""

    code = "no_active_member"
    message = "The network has no active member."


class ThreeOwnersNeeded(Conflict):
    """A network that decides is not of one or two owners' making.

    `counted` of the `needed` are there. `without_owner`: members that nobody runs, and that do not count; `together`:
    members that share an owner or a signatory, and count as one.
    """

    code = "three_owners_needed"
    message = (
        "A network that gives the puumerkki begins with three members of different administrators. Members that share"
        " an administrator or a signatory count as one, and one without an administrator does not count. Invite more"
        " organisations, or let an operator name an administrator where there is none."
    )


class NetworkClosed(Conflict):
    """A closed network does not change."""

    code = "network_closed"
    message = "The network is closed."


class PrefixFixed(Conflict):
    """The prefix of a network's endorsements stays as it was first given."""

    code = "prefix_fixed"
    message = "The prefix cannot change once it is given."


class PrefixTaken(Conflict):
    """Another network's endorsements carry this prefix."""

    code = "prefix_taken"
    message = "Another network has this prefix."


class AlreadyThere(Conflict):
    """The organisation is a member, invited or has asked."""

    code = "already_member"
    message = "The organisation is already a member, is invited or has asked."


class MemberNotActive(Conflict):
    """Only an active member has people and accepts rules."""

    code = "member_not_active"
    message = "The organisation is not an active member of the network."


class LastCoordinator(Conflict):
    """An active network has a coordinator."""

    code = "last_coordinator"
    message = "The last coordinator of an active network cannot be removed. Name another first."


class NotAdvisory(Conflict):
    """Only an advisory board has seats."""

    code = "not_advisory"
    message = "Only an advisory board has seats."


class DraftExists(Conflict):
    """One draft at a time."""

    code = "draft_exists"
    message = "The network already has a draft of its rulebook. Change that one."


class RulebookFixed(Conflict):
    """A rulebook that was in force never changes."""

    code = "rulebook_fixed"
    message = "A rulebook version that is or was in force cannot change."


class RulebookNotInForce(Conflict):
    """Only the version in force is accepted."""

    code = "rulebook_not_in_force"
    message = "This rulebook version is not in force."


class PersonUnknown(NotFound):
    """No person has this id."""

    code = "person_unknown"
    message = "There is no such person."


class AuthoritiesNotTold(Conflict):
    """A policy names the network, and the authority was not told of the change."""

    code = "authorities_not_told"
    message = "An authority's puumerkki requirement names this network. Announce the change first."


class AuthoritiesNotAnswered(Conflict):
    """An authority that was told has not answered, and its days are not over."""

    code = "authorities_not_answered"
    message = "An authority has not answered yet. The change is possible after its answer, at the latest on this day."


class ChangeAnnounced(Conflict):
    """The same change is announced already."""

    code = "change_announced"
    message = "This change is announced already."


class OfficeChosen(Conflict):
    """What members gave, they take."""

    code = "office_chosen"
    message = (
        "The members chose who holds this office. They take it by choosing somebody else, or whoever holds it gives it"
        " up."
    )


class NothingToAnnounce(Conflict):
    """No policy names the network, so it need not announce the change."""

    code = "nothing_to_announce"
    message = "No authority's puumerkki requirement names this network. The change can be made at once."


class MembersAreTold(Forbidden):
    """An operator names nobody over the heads of members."""

    code = "members_are_told"
    message = "The network has members: they are told of the coordinator whom an operator names, and may object."
