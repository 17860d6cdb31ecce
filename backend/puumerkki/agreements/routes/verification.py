"""The check of a signature."""

from puumerkki.agreements.schemas.verification import SignatureGiven, SignatureVerdict
from puumerkki.agreements.service import verification
from puumerkki.kernel.http import SessionDep, api_router

router = api_router("agreements", tag="agreements")


@router.post(
    "/verify",
    operation_id="agreements_verify",
    summary="Check a party's signature on an agreement, with what was signed if it is at hand",
    openapi_extra={"x-not-replayable": True},
)
async def verify(session: SessionDep, given: SignatureGiven) -> SignatureVerdict:
    return await verification.verify(session, given=given)
