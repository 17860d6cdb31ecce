"""Keeps the versions that a network refused; one does not come back with only minor changes."""

import json
from typing import Any, cast

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.compare import only_minor
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.queries import versions
from puumerkki.endorsements.service import endorsements
from puumerkki.handlings.models.handlings import Handling, Refusal
from puumerkki.handlings.queries import handlings as queries
from puumerkki.kernel import clock

OF_THE_ENDORSEMENT = ("version", "content", "private_digest")
"""What may differ between the snapshots of two versions when only minor fields changed; the content is compared."""


def keep_refusal(session: AsyncSession, handling: Handling, reason: str | None) -> None:
    """Keep the version of a handling that has just been declined."""
    session.add(
        Refusal(handling_id=handling.id, version_number=handling.version_number, reason=reason, refused_at=clock.now())
    )


async def refused_before(
    session: AsyncSession, application: Application, handling: Handling, version: ApplicationVersion
) -> Refusal | None:
    """The newest refusal of a version from which this one differs in nothing but minor parts."""
    statement = select(Refusal).where(col(Refusal.handling_id) == handling.id)
    refusals = (await session.exec(statement.order_by(col(Refusal.version_number).desc()))).all()
    if not refusals or version.private is None:
        return None
    fresh = await snapshot_for(session, application, handling, version)
    for refusal in refusals:
        refused = await versions.version(session, application.id, refusal.version_number)
        if refused.private is None:
            continue
        old = await snapshot_for(session, application, handling, refused)
        if await minor_between(session, handling, old, fresh):
            return refusal
    return None


async def snapshot_for(
    session: AsyncSession, application: Application, handling: Handling, version: ApplicationVersion
) -> dict[str, Any]:
    """The snapshot that an endorsement of this version by the handling's network would carry."""
    applicants = await endorsements.named_in(session, application, version.number)
    made = await endorsements.snapshot_of(session, application, version, handling.network_id, applicants)
    return cast("dict[str, Any]", json.loads(made))


async def minor_between(session: AsyncSession, handling: Handling, old: dict[str, Any], fresh: dict[str, Any]) -> bool:
    """Whether two snapshots differ in nothing but what the rulebook calls minor."""
    rule = await queries.rule_of(session, handling)
    if rule is None:
        return False
    same = all(old[name] == fresh[name] for name in old if name not in OF_THE_ENDORSEMENT)
    return same and only_minor(old["content"], fresh["content"], [part.value for part in rule.minor_fields])
