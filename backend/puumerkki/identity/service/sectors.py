"""What an organisation is in the field, which decides the roles there; its room told the registry how to ask."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import ScopeKind
from puumerkki.kernel import subjects


async def sector_of(session: AsyncSession, organisation_id: UUID) -> str:
    """The organisation's sector; empty where nobody knows it, so that no authority's role fits."""
    known = subjects.subjects().get(ScopeKind.organisation.value)
    return "" if known is None or known.sector is None else await known.sector(session, organisation_id)
