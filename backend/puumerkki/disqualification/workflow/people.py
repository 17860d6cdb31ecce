"""What stands in the way of one person, and not of another."""

from dataclasses import dataclass

from puumerkki.disqualification.errors.kept_out import KeptOut, refusal_to_take_part
from puumerkki.disqualification.errors.ties import Disqualified, OfUmbrella, TieAlleged
from puumerkki.kernel.errors import PuumerkkiError


@dataclass(frozen=True, kw_only=True)
class PeopleFacts:
    """Of the actor: `disqualified`: tied to an applicant, or `kept_out`; `of_umbrella`: of what one belongs to.

    `alleged`: somebody says that they are tied, and nobody has settled it yet.
    """

    disqualified: bool = False
    kept_out: KeptOut | None = None
    of_umbrella: bool = False
    alleged: bool = False


def not_disqualified(facts: PeopleFacts) -> PuumerkkiError | None:
    return refusal_to_take_part(facts.kept_out, Disqualified) if facts.disqualified else None


def not_of_umbrella(facts: PeopleFacts) -> PuumerkkiError | None:
    return OfUmbrella() if facts.of_umbrella else None


def not_alleged(facts: PeopleFacts) -> PuumerkkiError | None:
    return TieAlleged() if facts.alleged else None
