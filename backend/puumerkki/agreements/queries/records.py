"""What one party recorded as signed on paper: for whom it stands, and who is asked about it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, granted
from puumerkki.access.permissions import P
from puumerkki.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementRecordAnswer,
    AgreementState,
    AgreementVersion,
    RecordAnswer,
)
from puumerkki.agreements.queries.agreements import in_force
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.tasks import Task, waits


async def answers(session: AsyncSession, agreement: Agreement) -> Sequence[AgreementRecordAnswer]:
    """What each other party says to the version that was recorded last, in the order of the parties."""
    found = await session.exec(
        select(AgreementRecordAnswer)
        .join(
            AgreementParty,
            and_(
                col(AgreementParty.agreement_id) == col(AgreementRecordAnswer.agreement_id),
                col(AgreementParty.organisation_id) == col(AgreementRecordAnswer.organisation_id),
            ),
        )
        .where(col(AgreementRecordAnswer.agreement_id) == agreement.id, col(AgreementParty.last_version).is_(None))
        .order_by(col(AgreementParty.place))
    )
    return found.all()


async def recorded_by(session: AsyncSession, agreement: Agreement) -> UUID | None:
    """Who recorded it: None where the operator's command brought it in."""
    found = await session.exec(
        select(AgreementVersion.proposed_by).where(
            col(AgreementVersion.agreement_id) == agreement.id,
            col(AgreementVersion.number) == agreement.current_version,
        )
    )
    return found.one()


def stands(caller: Caller, organisation_id: ColumnElement[Any] | None = None) -> ColumnElement[bool]:
    """SQL over `agreement` and `agreement_version`: it counts for the caller.

    It is in force, or it was recorded by a party of theirs (`organisation_id`: by this one), or that one has confirmed
    it, while others have not answered yet.
    """
    party = aliased(AgreementParty)
    confirmed = exists().where(
        col(AgreementRecordAnswer.agreement_id) == col(party.agreement_id),
        col(AgreementRecordAnswer.organisation_id) == col(party.organisation_id),
        col(AgreementRecordAnswer.answer) == RecordAnswer.confirmed,
    )
    theirs = exists().where(
        col(party.agreement_id) == col(Agreement.id),
        or_(col(party.organisation_id) == col(Agreement.drafted_by_organisation_id), confirmed),
        granted(P.agreements_read, on=col(party.organisation_id), caller=caller),
        *(() if organisation_id is None else (col(party.organisation_id) == organisation_id,)),
    )
    recorded = and_(
        col(Agreement.state) == AgreementState.recorded,
        col(AgreementVersion.agreement_id) == col(Agreement.id),
        col(AgreementVersion.number) == col(Agreement.current_version),
        theirs,
    )
    return or_(in_force(), recorded)


DAYS_TO_CONFIRM = 30
"""Within how many days the other parties are hoped to say whether it was agreed so."""


def _to_confirm() -> Select[Any]:
    """What others recorded and a party is asked to confirm."""
    own = col(AgreementRecordAnswer.organisation_id)
    since = col(AgreementRecordAnswer.created_at)
    due_on = days_after(since, DAYS_TO_CONFIRM)
    columns = waits(col(Agreement.id), scope_id=own, organisation_id=own, due_on=due_on, since=since)
    return (
        core_select(*columns)
        .select_from(AgreementRecordAnswer)
        .join(Agreement, col(Agreement.id) == col(AgreementRecordAnswer.agreement_id))
        .where(
            col(Agreement.state) == AgreementState.recorded,
            col(AgreementRecordAnswer.answer).is_(None),
            col(AgreementRecordAnswer.ask_on).is_not(None),
        )
    )


TO_CONFIRM = Task(
    kind="agreement_record_to_confirm", subject="agreement", permissions=(P.agreements_confirm,), rows=_to_confirm
)
