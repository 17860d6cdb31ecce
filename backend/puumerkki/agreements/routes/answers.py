"""An agreement as it is answered."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements.models import Agreement, AgreementVersion
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries import records
from puumerkki.agreements.schemas.agreements import AgreementPublic
from puumerkki.agreements.service import drafting
from puumerkki.agreements.workflow import AGREEMENT
from puumerkki.applications.queries import applications
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.http import SessionDep, set_etag

_KEPT = (
    "id",
    "kind",
    "state",
    "language",
    "current_version",
    "version_in_force",
    "created_at",
    "updated_at",
    "version",
    "drafted_by_organisation_id",
    "in_force_on",
    "confirmed_year",
    "renews_id",
    "ended_on",
    "ending_reason",
)


async def _known_application(session: SessionDep, actor: Actor, application_id: UUID | None) -> UUID | None:
    """The application that it grew from, for whoever may know of it."""
    if application_id is None:
        return None
    try:
        return (await applications.application(session, actor, application_id)).id
    except NotFound:
        return None


async def _shown(
    session: SessionDep, actor: Actor, found: Agreement, ids: Sequence[UUID], *, frozen: bool
) -> Agreement | AgreementVersion:
    """The working copy to who writes it, and while there is nothing else; to others what is signed, or to be signed."""
    number = found.version_in_force or found.current_version
    writes = not frozen and any(actor.may(P.agreements_write, one) for one in drafting.acting_for(found, ids))
    return found if writes or number is None else await queries.version(session, found.id, number)


async def answer(
    session: SessionDep, actor: Actor, response: Response, found: Agreement, *, frozen: bool = False
) -> AgreementPublic:
    """An agreement with what the reader may do with it. `frozen`: as it was answered to, not as it is written on."""
    await session.flush()
    set_etag(response, found)
    known = await queries.parties(session, found.id, ever=True)
    parties = [organisation for party, organisation in known if party.last_version is None]
    ids = tuple(one.id for one in parties)
    facts = await drafting.facts_of(session, actor, found, ids)
    shown = await _shown(session, actor, found, ids, frozen=frozen)
    return AgreementPublic.model_validate(
        {name: getattr(found, name) for name in _KEPT}
        | {
            "application_id": await _known_application(session, actor, found.application_id),
            "parties": [{"id": one.id, "names": one.names} for one in parties],
            "former_parties": [
                {"id": one.id, "names": one.names, "succeeded_by_id": party.succeeded_by_id}
                for party, one in known
                if party.last_version is not None
            ],
            **{name: getattr(shown, name) for name in ("title", "starts_on", "ends_on", "content")},
            "contacts": found.private.get("contacts", []),
            "changed": facts.changed and shown is found,
            "signatures": await queries.signatures(session, found.id),
            "renewed_by_id": await queries.successor(session, actor, found.id),
            "editable": drafting.may_edit(actor, found, ids),
            "sign_for": facts.sign_for,
            "record_answers": await records.answers(session, found),
            "confirm_for": facts.confirm_for,
            "dispute_for": facts.dispute_for,
            "available_actions": AGREEMENT.available(found, actor=drafting.as_party(actor, found, ids), facts=facts),
        }
    )
