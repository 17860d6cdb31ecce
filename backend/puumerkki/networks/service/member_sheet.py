"""The active members as a table for a spreadsheet."""

import csv
import io
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.networks import queries
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.organisations.models.organisations import Organisation

_COLUMNS = ("organisation_id", "name_fi", "name_sv", "name_en", "business_id", "sector", "joined_on", "votes")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def text_cell(text: str) -> str:
    """A cell that a spreadsheet takes as text, never as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


async def members_sheet(session: AsyncSession, *, network_id: UUID) -> bytes:
    """UTF-8 with its byte order mark, as spreadsheets expect; the columns are those of the API."""
    await queries.network(session, network_id)
    found = await session.exec(
        select(NetworkMember, Organisation)
        .join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))
        .where(col(NetworkMember.network_id) == network_id, col(NetworkMember.state) == MemberState.active)
        .order_by(col(Organisation.sort_key), col(NetworkMember.id))
    )
    sheet = io.StringIO()
    rows = csv.writer(sheet, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for member, organisation in found.all():
        joined = clock.day_of(member.joined_at).isoformat() if member.joined_at else ""
        cells = [
            str(organisation.id),
            *(organisation.names.get(language, "") for language in ("fi", "sv", "en")),
            organisation.business_id or "",
            str(organisation.sector),
            joined,
            "true" if member.votes else "false",
        ]
        rows.writerow([text_cell(cell) for cell in cells])
    return sheet.getvalue().encode("utf-8-sig")
