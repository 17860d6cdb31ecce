"""Errors about what people follow."""

from puumerkki.kernel.errors import Conflict


class FollowsTooMuch(Conflict):
    """The list stays one that can be read."""

    code = "follows_too_much"
    message = "You follow as many things as can be followed. End some of them first."
