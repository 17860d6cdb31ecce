"""An organisation as the API gives it after a change."""

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.kernel.http import SessionDep, set_etag
from puumerkki.organisations import queries
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries.merges import merged_into
from puumerkki.organisations.schemas.organisations import OrganisationPublic

_UNSHOWN = {"sort_key", "search_text", "name_keys", "added_by", "confirmed_by", "merged_into_id"}


async def organisation_response(
    session: SessionDep, actor: Actor, response: Response, organisation: Organisation
) -> OrganisationPublic:
    """Its fields, with its version in the answer's ETag."""
    await session.flush()
    set_etag(response, organisation)
    return OrganisationPublic.model_validate(
        organisation.model_dump(exclude=_UNSHOWN)
        | {
            "confirmed": organisation.confirmed_at is not None,
            "external_ids": await queries.external_ids(session, organisation.id),
            "merged_into": await merged_into(session, organisation),
        }
    )
