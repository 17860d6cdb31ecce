"""What was signed on paper."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.http import ActorDep
from puumerkki.agreements.routes.answers import answer
from puumerkki.agreements.schemas.agreements import AgreementPublic
from puumerkki.agreements.schemas.recording import AgreementRecord
from puumerkki.agreements.service import recording
from puumerkki.kernel.http import IfMatch, SessionDep, api_router

router = api_router("agreements", tag="agreements")


@router.post(
    "/{agreement_id}/record",
    operation_id="agreements_record_agreement",
    summary="Say that all parties signed a draft on paper, and show the scan; it comes into force as a record",
    response_model=AgreementPublic,
)
async def record_agreement(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    agreement_id: UUID,
    if_match: IfMatch,
    given: AgreementRecord,
) -> AgreementPublic:
    found = await recording.record(session, actor=actor, agreement_id=agreement_id, if_version=if_match, given=given)
    return await answer(session, response, actor, found)
