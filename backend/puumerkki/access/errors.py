"""This room's errors."""

from puumerkki.kernel.errors import Forbidden


class PeopleOnly(Forbidden):
    """A service account asked for what only people do."""

    code = "people_only"
    message = "Only people can do this, not service accounts."
