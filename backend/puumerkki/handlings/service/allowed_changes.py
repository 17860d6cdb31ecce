"""Finds what changed since an endorsement was given, and whether conditions and rulebook allow those changes."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.compare import changed_parts
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.queries import versions
from puumerkki.endorsements.models.conditions import parts_concerned
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.claims import content_of
from puumerkki.handlings.service.refusals import OF_THE_ENDORSEMENT, snapshot_for
from puumerkki.networks.decision_rule import NEVER_MINOR, ApplicationPart, DecisionRule

CAN_BE_MINOR = frozenset(part.value for part in ApplicationPart if part not in NEVER_MINOR)
"""Where anything else changes, all who could decide are asked, and silence is no yes."""


def open_on(endorsement: Endorsement, place: int) -> bool:
    """Tell whether a condition was open when its version was endorsed."""
    met_in = _note(endorsement, place).get("met_in")
    return not endorsement.conditions[place]["met"] or (met_in is not None and met_in > endorsement.version_number)


def members_of(endorsement: Endorsement, place: int) -> frozenset[UUID]:
    """The members that asked for the condition."""
    return frozenset(UUID(one) for one in _note(endorsement, place).get("member_ids", ()))


def parts_of(endorsement: Endorsement, place: int) -> list[str]:
    """The parts of the application that a condition names."""
    return list(_note(endorsement, place).get("parts", ()))


def _note(endorsement: Endorsement, place: int) -> dict[str, Any]:
    return endorsement.condition_notes[place] if place < len(endorsement.condition_notes) else {}


def changed_between(old: dict[str, Any], fresh: dict[str, Any]) -> frozenset[str]:
    """The parts in which two snapshots differ: of the content, and beside it (`applicants`, `attachments`, …)."""
    beside = {
        name
        for name in old.keys() | fresh.keys()
        if name not in OF_THE_ENDORSEMENT and old.get(name) != fresh.get(name)
    }
    return frozenset(beside) | changed_parts(old["content"], fresh["content"])


async def changed_since(
    session: AsyncSession, application: Application, handling: Handling, endorsement: Endorsement
) -> frozenset[str]:
    """The parts in which the newest version differs from the one that the endorsement is on."""
    number = application.current_version or endorsement.version_number
    version: ApplicationVersion = await versions.version(session, application.id, number)
    if number == endorsement.version_number or version.private is None:
        return frozenset()
    return changed_between(content_of(endorsement), await snapshot_for(session, application, handling, version))


def allowed_parts(endorsement: Endorsement, rule: DecisionRule | None) -> tuple[frozenset[str], frozenset[str]]:
    """The parts that the conditions concern, and those that the rulebook of the decision calls minor."""
    named = [
        parts_concerned(parts_of(endorsement, place))
        for place in range(len(endorsement.conditions))
        if open_on(endorsement, place)
    ]
    minor = frozenset(part.value for part in rule.minor_fields) if rule else frozenset()
    return frozenset().union(*named), minor
