"""The active members as a table for a spreadsheet."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.csv_cells import csv_lines
from puumerkki.networks import queries
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.organisations.models.organisations import Organisation

_COLUMNS = ("organisation_id", "name_fi", "name_sv", "name_en", "business_id", "sector", "joined_on", "votes")


async def members_sheet(session: AsyncSession, *, network_id: UUID) -> bytes:
    """UTF-8 with its byte order mark, as spreadsheets expect; the columns are those of the API."""
    await queries.network(session, network_id)
    found = await session.exec(
        select(NetworkMember, Organisation)
        .join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))
        .where(col(NetworkMember.network_id) == network_id, col(NetworkMember.state) == MemberState.active)
        .order_by(col(Organisation.sort_key), col(NetworkMember.id))
    )
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for member, organisation in found.all():
        joined = clock.day_of(member.joined_at).isoformat() if member.joined_at else ""
        cells = (
            str(organisation.id),
            *(organisation.names.get(language, "") for language in ("fi", "sv", "en")),
            organisation.business_id or "",
            str(organisation.sector),
            joined,
            "true" if member.votes else "false",
        )
        rows.append(cells)
    return "".join(csv_lines(rows)).encode("utf-8-sig")
