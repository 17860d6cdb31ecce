"""Frozen versions of agreements."""

import json
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Response

from puumerkki.access.http import ActorDep
from puumerkki.agreements.document import document
from puumerkki.agreements.models import Agreement, AgreementVersion, AgreementWithdrawal
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries import records, versions
from puumerkki.agreements.queries.to_sign import sign_by
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.agreements.schemas.versions import (
    AgreementVersionList,
    AgreementVersionPublic,
    AttachedFile,
    WithdrawalPublic,
)
from puumerkki.agreements.service.version_status import version_status
from puumerkki.kernel.crypto.canonical import digest
from puumerkki.kernel.documents.http import PDF_RESPONSE, DocumentQuery, pdf_response
from puumerkki.kernel.http import SessionDep, api_router
from puumerkki.reference.models import Scheme
from puumerkki.reference.queries import names_of_codes

router = api_router("agreements", tag="agreements")

Number = Annotated[int, Path(ge=1, le=10**6)]


@router.get(
    "/{agreement_id}/versions",
    operation_id="agreements_list_versions",
    summary="All frozen versions, the newest first",
    response_model=AgreementVersionList,
)
async def list_versions(session: SessionDep, actor: ActorDep, agreement_id: UUID) -> AgreementVersionList:
    found = await queries.agreement(session, actor, agreement_id)
    withdrawn = await versions.withdrawals(session, found.id)
    listed = await versions.versions(session, found.id)
    return AgreementVersionList(items=[_version(found, one, withdrawn.get(one.number)) for one in listed])


@router.get(
    "/{agreement_id}/versions/{number}/snapshot",
    operation_id="agreements_get_snapshot",
    summary="The bytes that the signatures of a version are bound to (RFC 8785)",
    response_class=Response,
    responses={200: {"description": "Canonical JSON", "content": {"application/json": {"schema": {"type": "object"}}}}},
)
async def get_snapshot(session: SessionDep, actor: ActorDep, agreement_id: UUID, number: Number) -> Response:
    found = await queries.agreement(session, actor, agreement_id)
    version = await queries.version(session, found.id, number)
    return Response(version.snapshot, media_type="application/json")


@router.get(
    "/{agreement_id}/versions/{number}/document.pdf",
    operation_id="agreements_get_document",
    summary="A version on paper, with its signatures (PDF/A-2a, PDF/UA-1)",
    response_class=Response,
    responses=PDF_RESPONSE,
)
async def get_document(
    session: SessionDep, actor: ActorDep, agreement_id: UUID, number: Number, query: Annotated[DocumentQuery, Query()]
) -> Response:
    found = await queries.agreement(session, actor, agreement_id)
    version = await queries.version(session, found.id, number)
    signatures = [one for one in await queries.signatures(session, found.id) if one.version_number == number]
    made = document(
        found,
        version,
        target_groups=await names_of_codes(session, Scheme.target_group, version.content.get("target_groups", [])),
        signatures=signatures,
        withdrawal=(await versions.withdrawals(session, found.id)).get(number),
        answers=[one for one in await records.answers(session, found) if one.version_number == number],
        language=query.language or found.language,
    )
    return await pdf_response(made, f"agreement-{found.id}-{number}.pdf")


def _version(
    agreement: Agreement, one: AgreementVersion, withdrawal: AgreementWithdrawal | None
) -> AgreementVersionPublic:
    return AgreementVersionPublic(
        number=one.number,
        standing=version_status(agreement, one.number, withdrawal),
        withdrawal=None if withdrawal is None else WithdrawalPublic.model_validate(withdrawal),
        created_at=one.created_at,
        title=one.title,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        content=AgreementContent.model_validate(one.content),
        digest=digest(one.snapshot),
        attachments=[AttachedFile.model_validate(file) for file in json.loads(one.snapshot).get("attachments", [])],
        proposed_for_organisation_id=one.proposed_for_organisation_id,
        sign_by=None if one.signed_on_paper else sign_by(one),
        signed_on_paper=one.signed_on_paper,
        scan_id=one.scan_id,
    )
