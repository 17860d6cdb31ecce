"""What was signed on paper."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.agreements.routes.answers import answer
from puumerkki.agreements.schemas.agreements import AgreementPublic
from puumerkki.agreements.schemas.recording import (
    RecordConfirmation,
    RecordConfirmations,
    RecordDispute,
    RecordsConfirmed,
)
from puumerkki.agreements.service import recording
from puumerkki.kernel.http import SessionDep, api_router

router = api_router("agreements", tag="agreements")


action(
    router,
    "/{agreement_id}/record",
    "agreements_record_agreement",
    "Say that all parties signed a draft on paper, and show the scan; each other party is asked to confirm it",
    recording.record,
    answer,
)


@router.post(
    "/confirm",
    operation_id="agreements_confirm_records",
    summary="Confirm for a party a list of agreements that others recorded as signed on paper",
)
async def confirm_records(session: SessionDep, actor: ActorDep, given: RecordConfirmations) -> RecordsConfirmed:
    done, left_out = await recording.confirm_all(
        session, actor=actor, organisation_id=given.organisation_id, agreement_ids=given.agreement_ids
    )
    return RecordsConfirmed(confirmed=done, left_out=left_out)


@router.post(
    "/{agreement_id}/confirm",
    operation_id="agreements_confirm_record",
    summary="Confirm for a party what another one recorded as signed on paper; the last one brings it into force",
    response_model=AgreementPublic,
)
async def confirm_record(
    session: SessionDep, actor: ActorDep, response: Response, agreement_id: UUID, given: RecordConfirmation
) -> AgreementPublic:
    found = await recording.confirm(
        session, actor=actor, agreement_id=agreement_id, organisation_id=given.organisation_id
    )
    return await answer(session, actor, response, found, frozen=True)


@router.post(
    "/{agreement_id}/dispute",
    operation_id="agreements_dispute_record",
    summary="Say for a party that what another one recorded was not agreed so, and why",
    response_model=AgreementPublic,
)
async def dispute_record(
    session: SessionDep, actor: ActorDep, response: Response, agreement_id: UUID, given: RecordDispute
) -> AgreementPublic:
    found = await recording.dispute(
        session,
        actor=actor,
        agreement_id=agreement_id,
        organisation_id=given.organisation_id,
        reason=given.reason,
    )
    return await answer(session, actor, response, found, frozen=True)
