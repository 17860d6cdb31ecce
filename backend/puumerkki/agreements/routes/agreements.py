"""Agreements."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, history, listing
from puumerkki.access.http import ActorDep
from puumerkki.agreements.exports import AGREEMENTS_EXPORTED
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries.filters import filters_of
from puumerkki.agreements.routes.answers import answer
from puumerkki.agreements.schemas.agreements import (
    AgreementPage,
    AgreementPublic,
    AgreementQuery,
)
from puumerkki.agreements.service import drafting, proposing, signing
from puumerkki.kernel.http import SessionDep, api_router

router = api_router("agreements", tag="agreements")


listing(
    router,
    "",
    "agreements_list_agreements",
    "Agreements that you may know of, the newest first or by title",
    queries.AGREEMENTS,
    AgreementPage,
    AgreementQuery,
    filters=filters_of,
    signed_in=True,
    exported=AGREEMENTS_EXPORTED,
)


@router.get(
    "/{agreement_id}",
    operation_id="agreements_get_agreement",
    summary="One agreement",
    response_model=AgreementPublic,
)
async def get_agreement(
    session: SessionDep, actor: ActorDep, response: Response, agreement_id: UUID
) -> AgreementPublic:
    return await answer(session, actor, response, await queries.agreement(session, actor, agreement_id))


action(router, "", "agreements_create_agreement", "Draft an agreement", drafting.draft, answer, location="/{id}")

action(
    router,
    "/{agreement_id}",
    "agreements_update_agreement",
    "Change the working copy of an agreement",
    drafting.update,
    answer,
    method="PATCH",
)

action(
    router,
    "/{agreement_id}/propose",
    "agreements_propose_agreement",
    "Freeze the working copy into a version for all parties to read and sign",
    proposing.propose,
    answer,
)

action(
    router,
    "/{agreement_id}/sign",
    "agreements_sign_agreement",
    "Sign the newest version for a party; the last signature brings it into force",
    signing.sign,
    answer,
)

action(
    router,
    "/{agreement_id}/cancel",
    "agreements_cancel_agreement",
    "Cancel a proposed agreement that is not in force, and say why",
    signing.cancel,
    answer,
)

action(
    router,
    "/{agreement_id}/withdraw",
    "agreements_withdraw_amendment",
    "Withdraw an amendment that not all have signed, and say why",
    signing.withdraw,
    answer,
)

action(
    router,
    "/{agreement_id}/terminate",
    "agreements_terminate_agreement",
    "Terminate an agreement in force from a day on, and say why",
    signing.terminate,
    answer,
)

history(
    router,
    "/{agreement_id}/timeline",
    "agreements_list_timeline",
    "What happened to an agreement, the newest first",
    "agreement",
    signed_in=True,
)
