"""An organisation as the API gives it after a change."""

from typing import Any

from fastapi import Response

from puumerkki.kernel.http import SessionDep, set_etag
from puumerkki.organisations import queries
from puumerkki.organisations.models import Organisation

_UNSHOWN = {"sort_key", "search_text", "name_keys", "added_by", "confirmed_by"}


async def shown(session: SessionDep, response: Response, organisation: Organisation) -> dict[str, Any]:
    """Its fields, with its version in the answer's ETag."""
    await session.flush()
    set_etag(response, organisation)
    return organisation.model_dump(exclude=_UNSHOWN) | {
        "confirmed": organisation.confirmed_at is not None,
        "external_ids": await queries.external_ids(session, organisation.id),
    }
