"""What the next step in an authority's case depends on."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements.models import Agreement, AgreementState
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.guidance.workflow.asked import Ask, as_names
from puumerkki.guidance.workflow.partner_requests import CaseFacts
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.kernel import clock
from puumerkki.partnerships.models.partner_requests import PartnerOutcome, PartnerRequest
from puumerkki.partnerships.queries.views import partner_request_view
from puumerkki.partnerships.schemas.gate import RequirementPublic, RequirementStatus

_LET_OFF = frozenset({RequirementStatus.waived, RequirementStatus.released})
_STANDS = _LET_OFF | {RequirementStatus.met, RequirementStatus.carried}


async def case_facts(session: AsyncSession, actor: Actor, request: PartnerRequest, asks: tuple[Ask, ...]) -> CaseFacts:
    """The facts of a case that the actor may know of, as far as they may know them."""
    shown = await partner_request_view(session, actor, request)
    missing = [one for one in shown.requirements if not _stands(one)]
    doubtful = [one for row in shown.requirements for one in row.networks if one.revocation_heard_until]
    committed = shown.decision is not None and shown.decision.outcome is PartnerOutcome.commitment
    parties = (shown.authority.id, *(one.id for one in shown.applicants))
    return CaseFacts(
        id=request.id,
        application_id=request.application_id,
        today=clock.today(),
        authority=as_names(shown.authority.names),
        state=request.state,
        case_number=request.case_number,
        version=request.version_number,
        arrived_on=clock.day_of(request.arrived_at),
        begun_on=request.begun_on,
        decided_on=shown.decision.decided_on if shown.decision else None,
        applies=any(actor.may(P.applications_read, one.id) for one in shown.applicants),
        may=frozenset(one.action for one in shown.available_actions if one.allowed),
        asks=asks,
        requires=bool(shown.requirements),
        let_off=all(one.standing in _LET_OFF for one in shown.requirements),
        missing=tuple(as_names(network.names) for one in missing for network in one.networks),
        supplement_by=shown.supplements[-1].answer_by if shown.supplements else None,
        decide_by=shown.decide_by,
        preparer=shown.preparer.name if shown.preparer else None,
        met_on=await _met_on(session, shown.requirements),
        missing_by=await _slowest(session, missing),
        revoking=tuple(as_names(one.names) for one in doubtful),
        revoking_until=max(
            (one.revocation_heard_until for one in doubtful if one.revocation_heard_until), default=None
        ),
        committed=committed and not await _has_agreement(session, request.application_id),
        drafts=any(actor.may(P.agreements_write, one) for one in parties),
        looked_at=shown.to_look_at is not None,
    )


def _stands(one: RequirementPublic) -> bool:
    if one.standing is RequirementStatus.conditions_open:
        return one.lets_open_conditions
    return one.standing in _STANDS


async def _slowest(session: AsyncSession, missing: Iterable[RequirementPublic]) -> date | None:
    """By when the slowest of the networks whose handling the reader may see is to have read the application."""
    ids = [network.handling_id for one in missing for network in one.networks if network.handling_id]
    statement = select(col(Handling.handle_by)).where(col(Handling.id).in_(ids), col(Handling.state).in_(OPEN_HANDLING))
    return max((await session.exec(statement)).all(), default=None) if ids else None


async def _met_on(session: AsyncSession, rows: Iterable[RequirementPublic]) -> date | None:
    """When the last of the endorsements was given on which the case rests, or could."""
    numbers = {
        number
        for one in rows
        for number in (
            one.endorsement.number if one.endorsement else None,
            *(network.endorsement_number for network in one.networks),
        )
    }
    given = select(func.max(Endorsement.issued_at)).where(col(Endorsement.number).in_(numbers - {None}))
    last = (await session.exec(given)).one()
    return last and clock.day_of(last)


async def _has_agreement(session: AsyncSession, application_id: UUID) -> bool:
    open_: Any = col(Agreement.state) != AgreementState.cancelled
    statement = select(Agreement.id).where(col(Agreement.application_id) == application_id, open_).limit(1)
    found: UUID | None = (await session.exec(statement)).first()
    return found is not None
