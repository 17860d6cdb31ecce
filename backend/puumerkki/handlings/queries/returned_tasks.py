"""What waits of handlings for those who apply: returned applications."""

from typing import Any

from sqlalchemy import Select, select
from sqlmodel import col

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.application_tasks import for_writers
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel.tasks import PassesOn, waits


def _returned(scope_id: Any) -> Select[Any]:
    columns = waits(
        col(Handling.id),
        scope_id=scope_id,
        network_id=col(Handling.network_id),
        organisation_id=col(Application.applicant_id),
        due_on=col(Handling.answer_by),
        since=col(Handling.updated_at),
    )
    return (
        select(*columns)
        .select_from(Application)
        .join(Handling, col(Handling.application_id) == col(Application.id))
        .where(col(Application.state) == ApplicationState.active, col(Handling.state) == HandlingState.returned)
    )


TASKS = for_writers("handling_to_mend", "handling", _returned, passes_on=(PassesOn(14, (Role.owner,)),))
