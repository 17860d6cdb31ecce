"""What agreements ask of their parties, and their renewal."""

from collections.abc import Collection
from uuid import UUID

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep
from puumerkki.agreements.models import Agreement, AgreementDuty, DutyState
from puumerkki.agreements.queries import agreements, contacts
from puumerkki.agreements.queries import duties as queries
from puumerkki.agreements.routes.answers import answer
from puumerkki.agreements.schemas.duties import AgreementDutyList, AgreementDutyPublic, DutyDone
from puumerkki.agreements.service import duties, renewal
from puumerkki.kernel import clock
from puumerkki.kernel.http import SessionDep, api_router

router = api_router("agreements", tag="agreements")


@router.get(
    "/{agreement_id}/duties",
    operation_id="agreements_list_duties",
    summary="What the agreement asks of its parties over the years, by day",
    response_model=AgreementDutyList,
)
async def list_duties(session: SessionDep, actor: ActorDep, agreement_id: UUID) -> AgreementDutyList:
    return await _duties(session, actor, await agreements.agreement(session, actor, agreement_id))


@router.post(
    "/{agreement_id}/duties/{duty_id}/complete",
    operation_id="agreements_complete_duty",
    summary="Say that something is done, or confirm a year, for a party",
    response_model=AgreementDutyList,
)
async def complete_duty(
    session: SessionDep, actor: ActorDep, agreement_id: UUID, duty_id: UUID, given: DutyDone
) -> AgreementDutyList:
    found = await duties.complete(session, actor=actor, agreement_id=agreement_id, duty_id=duty_id, note=given.note)
    return await _duties(session, actor, found)


action(
    router,
    "/{agreement_id}/renew",
    "agreements_renew_agreement",
    "Draft an agreement that continues one in force",
    renewal.renew,
    answer,
    location="/{id}",
)


async def _duties(session: SessionDep, actor: Actor, agreement: Agreement) -> AgreementDutyList:
    await session.flush()
    rows = await queries.duties(session, agreement.id)
    right = await contacts.right_parties(session, agreement)
    return AgreementDutyList(items=[duty_public(actor, agreement, row, right) for row in rows])


def duty_public(actor: Actor, agreement: Agreement, row: AgreementDuty, right: Collection[UUID]) -> AgreementDutyPublic:
    kept = ("id", "kind", "organisation_id", "year", "opens_on", "due_on", "state", "done_at", "note")
    return AgreementDutyPublic.model_validate(
        {name: getattr(row, name) for name in kept}
        | {
            "what": row.report_name,
            "late": row.state == DutyState.open and row.due_on < clock.today(),
            "available_actions": duties.available(actor, agreement, row, right),
        }
    )
