"""A ballot that went wrong."""

from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.schemas.handlings import AnnulmentGiven
from puumerkki.handlings.service import annulments
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.handlings import act, actor_of, in_ballot

FAULT = {"fault": "version", "reason": "Väärä versio."}


@operation("handlings_annul_ballot")
async def annul_ballot(cast: Cast) -> Call:
    return act(await in_ballot(cast), "annul_ballot", FAULT)


async def _to_annul(cast: Cast) -> Handling:
    session, lead, handling = cast.world.session, await actor_of(cast, "coordinator"), await in_ballot(cast)
    given = AnnulmentGiven.model_validate(FAULT)
    await annulments.propose(session, actor=lead, handling_id=handling.id, if_version=handling.version, given=given)
    await session.flush()
    return handling


@operation("handlings_confirm_annulment")
async def confirm_annulment(cast: Cast) -> Call:
    return act(await _to_annul(cast), "annulment/confirm", by="representative")


@operation("handlings_drop_annulment")
async def drop_annulment(cast: Cast) -> Call:
    return act(await _to_annul(cast), "annulment/drop")
