"""Who led, recorded or confirmed in a network's handling of an application: they decide nothing for an authority."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, exists, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.organisations.queries.ties import deeds_of

LED = frozenset(
    {
        "ballot.annulled",
        "ballot.annulment_dropped",
        "ballot.annulment_proposed",
        "ballot.closed",
        "ballot.condition_answered",
        "ballot.opened",
        "ballot.recorded_votes_settled",
        "endorsement.issued",
        "endorsement.prolonged",
        "endorsement.revocation_dropped",
        "endorsement.revocation_proposed",
        "endorsement.revoked",
        "endorsement.superseded",
        "handling.claim_fell",
        "handling.conditions_claimed",
        "handling.conditions_confirmed",
        "handling.decision_confirmed",
        "handling.decision_recorded",
        "handling.declined",
        "handling.endorsed",
        "handling.prolongation_dropped",
        "handling.prolongation_proposed",
        "handling.reading_recorded",
        "handling.returned",
        "handling.review_begun",
        "handling.review_reopened",
        "handling.statement_given",
        "handling.tie_said",
        "handling.tie_settled",
        "vote.recorded",
    }
)
"""What somebody does who leads, records or confirms. Applicants, who move some of these on, are tied anyway."""
LED_NOTHING = frozenset(
    {
        "ballot.member_gone",
        "ballot.member_recused",
        "ballot.recusal_withdrawn",
        "handling.agreement_denied",
        "ballot.recounted",
        "ballot.vote_removed",
        "endorsement.expired",
        "endorsement.expiring",
        "handling.asked_again",
        "handling.ballot_asked",
        "handling.claim_agreed",
        "handling.claim_objected",
        "handling.decision_denied",
        "handling.decision_fell",
        "handling.decision_supported",
        "handling.lapsed",
        "handling.lead_chosen",
        "handling.moved",
        "handling.received",
        "handling.tie_answered",
        "handling.tie_lapsed",
        "handling.tie_questioned",
        "handling.version_left_out",
        "handling.version_waits",
        "handling.view_stated",
        "handling.withdrawn",
        "vote.cast",
        "vote.standing_stated",
    }
)
"""What members, applicants and the clock do. A test asks that each fact of a handling is here or above."""


def led_sql(principal_id: Any, application_id: Any) -> ColumnElement[bool]:
    """SQL: somebody led, recorded or confirmed in some network's handling of an application."""
    done = aliased(EventRow)
    return (
        exists()
        .where(
            col(done.actor_id).in_(deeds_of(principal_id)),
            col(done.type).in_(LED),
            application_id == any_(col(done.related)),
        )
        .correlate_except(done)
    )


_LED = Statement(lambda: core_select(led_sql(param("person", Uuid()), param("application", Uuid()))))


async def has_led(session: AsyncSession, principal_id: UUID, application_id: UUID) -> bool:
    """Whether somebody led, recorded or confirmed in some network's handling of an application."""
    found = await _LED.fetch_one(session, person=principal_id, application=application_id)
    return bool(found and found[0])


async def leaders(session: AsyncSession, handling: Handling) -> Sequence[UUID]:
    """Who led, recorded or confirmed in one handling."""
    statement = (
        select(col(EventRow.actor_id))
        .where(
            or_(col(EventRow.subject_id) == handling.id, col(EventRow.related).contains([handling.id])),
            col(EventRow.type).in_(LED),
            col(EventRow.actor_id).is_not(None),
        )
        .distinct()
    )
    return [id_ for id_ in (await session.exec(statement)).all() if id_ is not None]
