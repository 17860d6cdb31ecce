"""The public register of endorsements, and their check."""

import json
from typing import Annotated

from fastapi import Header, Path, Query, Response

from puumerkki.access.declare import listing
from puumerkki.access.http import CallerDep
from puumerkki.endorsements import credential, status_list
from puumerkki.endorsements.certificate import certificate
from puumerkki.endorsements.exports import ENDORSEMENTS_EXPORTED
from puumerkki.endorsements.queries import endorsements as queries
from puumerkki.endorsements.schemas.endorsements import (
    NUMBER,
    EndorsementPage,
    EndorsementPublic,
    EndorsementQuery,
    VerdictPublic,
    VerifyGiven,
)
from puumerkki.endorsements.service import verification
from puumerkki.kernel import clock, reads
from puumerkki.kernel.documents.http import PDF_RESPONSE, DocumentQuery, pdf_response
from puumerkki.kernel.field_types import UiLanguage
from puumerkki.kernel.http import ReadsDep, SessionDep, api_router, item_response
from puumerkki.kernel.settings import get_settings

endorsements = api_router("endorsements")
status_lists = api_router("status-lists", tag="endorsements")

ROUTERS = (endorsements, status_lists)

ListNumber = Annotated[int, Path(ge=1, le=status_list.LAST_LIST)]
IfNoneMatch = Annotated[str | None, Header(description="The ETag of the list you have.", max_length=100)]
LIST_SECONDS = 60
"""So long may caches on the way answer: a revocation is seen after a minute at the latest."""
Number = Annotated[str, Path(pattern=NUMBER, examples=["ELAMANKAARI-2026-0007"])]
_TOKEN: dict[int | str, dict[str, object]] = {
    200: {"content": {credential.MEDIA_TYPE: {"schema": {"type": "string"}}}, "description": "A signed credential"}
}
_SNAPSHOT: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}}, "description": "RFC 8785 bytes"}
}


listing(
    endorsements,
    "",
    "endorsements_list_endorsements",
    "The register of endorsements, the newest first",
    queries.ENDORSEMENTS,
    EndorsementPage,
    EndorsementQuery,
    exported=ENDORSEMENTS_EXPORTED,
)


@endorsements.get(
    "/status-list",
    operation_id="endorsements_get_first_status_list",
    summary="The status list that endorsements of the first release name",
    response_class=Response,
    responses=_TOKEN,
    deprecated=True,
)
async def get_first_status_list(session: SessionDep, if_none_match: IfNoneMatch = None) -> Response:
    return _listed(*await verification.first_list(session, tag=_tag(if_none_match)))


@status_lists.get(
    "/{number}",
    operation_id="endorsements_get_status_list",
    summary="A signed status list (Bitstring Status List 1.0), as an endorsement's credential names it",
    response_class=Response,
    responses=_TOKEN,
)
async def get_status_list(session: SessionDep, number: ListNumber, if_none_match: IfNoneMatch = None) -> Response:
    return _listed(*await verification.signed_list(session, number=number, tag=_tag(if_none_match)))


def _tag(if_none_match: str | None) -> str | None:
    return if_none_match.strip().removeprefix("W/").strip('"') if if_none_match else None


def _listed(tag: str, signed: str | None) -> Response:
    """The tag is weak: another process signs the same list with another signature."""
    headers = {"ETag": f'W/"{tag}"', "Cache-Control": f"public, max-age={LIST_SECONDS}"}
    if signed is None:
        return Response(status_code=304, headers=headers)
    return Response(signed, media_type=credential.MEDIA_TYPE, headers=headers)


@endorsements.post(
    "/verify",
    operation_id="endorsements_verify",
    summary="Check a credential, with its snapshot if there is one",
    openapi_extra={"x-not-replayable": True},
)
async def verify(session: SessionDep, given: VerifyGiven) -> VerdictPublic:
    return await verification.verify(session, given=given)


@endorsements.get(
    "/{number}",
    operation_id="endorsements_get_endorsement",
    summary="One endorsement",
    response_model=EndorsementPublic,
)
async def get_endorsement(pool: ReadsDep, caller: CallerDep, number: Number) -> Response:
    return item_response(await reads.one(pool, queries.ENDORSEMENT, caller=caller, key=number))


@endorsements.get(
    "/{number}/credential",
    operation_id="endorsements_get_credential",
    summary="An endorsement's signed credential (W3C Verifiable Credential 2.0 as JWT)",
    response_class=Response,
    responses=_TOKEN,
)
async def get_credential(session: SessionDep, number: Number) -> Response:
    endorsement = await queries.by_number(session, number)
    return Response(endorsement.credential, media_type=credential.MEDIA_TYPE)


@endorsements.get(
    "/{number}/certificate.pdf",
    operation_id="endorsements_get_certificate",
    summary="An endorsement's certificate on paper, with a QR code of its page (PDF/A-2a, PDF/UA-1)",
    response_class=Response,
    responses=PDF_RESPONSE,
)
async def get_certificate(
    pool: ReadsDep, caller: CallerDep, number: Number, query: Annotated[DocumentQuery, Query()]
) -> Response:
    body, _ = await reads.one(pool, queries.ENDORSEMENT, caller=caller, key=number)
    made = certificate(
        json.loads(body),
        language=query.language or UiLanguage.fi,
        public_url=get_settings().public_url,
        today=clock.today(),
    )
    return await pdf_response(made, f"{number}.pdf")


@endorsements.get(
    "/{number}/snapshot",
    operation_id="endorsements_get_snapshot",
    summary="The frozen bytes that an endorsement is bound to, for those who may read the application",
    response_class=Response,
    responses=_SNAPSHOT,
)
async def get_snapshot(session: SessionDep, caller: CallerDep, number: Number) -> Response:
    endorsement = await queries.readable_snapshot(session, caller, number)
    return Response(endorsement.snapshot, media_type="application/json")
