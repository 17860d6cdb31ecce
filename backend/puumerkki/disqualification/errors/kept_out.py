"""Why somebody takes no part in a case whom no tie binds."""

from enum import StrEnum

from puumerkki.access.errors import NamedSince
from puumerkki.kernel.errors import Conflict


class KeptOut(StrEnum):
    """By an operator's naming that took effect after the version had arrived, or for having broken the glass."""

    named_since = "named_since"
    broke_glass = "broke_glass"


class GlassBroken(Conflict):
    """Whoever looked into a case as an operator takes no part in it."""

    code = "glass_was_broken"
    message = "You have looked into this case as an operator, so you take no part in it. Somebody else does this."


def refusal_to_take_part(why: KeptOut | None, tied: type[Conflict]) -> Conflict:
    """The error of somebody who takes no part; `tied`: where it is by a tie."""
    if why is None:
        return tied()
    return GlassBroken() if why is KeptOut.broke_glass else NamedSince()
