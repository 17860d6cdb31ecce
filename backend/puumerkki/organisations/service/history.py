"""What an organisation was at each version, kept apart from the events so that it can be erased."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.organisations import queries
from puumerkki.organisations.models.organisations import Organisation, OrganisationVersion

KEPT = (
    "names",
    "sector",
    "legal_form",
    "business_id",
    "association_register_number",
    "home_municipality_code",
    "municipality_codes",
    "wellbeing_county_code",
    "descriptions",
    "website",
    "state",
)


async def remember(session: AsyncSession, *, organisation: Organisation, changed_by: UUID | None) -> None:
    """Keep the present version of an organisation."""
    await session.flush()
    content: dict[str, Any] = {name: getattr(organisation, name) for name in KEPT}
    content["external_ids"] = await queries.external_ids(session, organisation.id)
    session.add(
        OrganisationVersion(
            organisation_id=organisation.id, number=organisation.version, changed_by=changed_by, content=content
        )
    )
