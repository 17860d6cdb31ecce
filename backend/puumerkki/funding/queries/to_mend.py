"""What waits of handlings for those who apply: returned applications."""

from typing import Any

from sqlalchemy import Select, null
from sqlmodel import col

from puumerkki.access.actor import Viewer
from puumerkki.access.permissions import P
from puumerkki.funding.models.applications import Application, ApplicationState
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.models.recipients import HandlingState
from puumerkki.funding.queries.application_tasks import task
from puumerkki.funding.queries.applications import applied
from puumerkki.kernel.reads.listings import among


def waiting(viewer: Viewer) -> Select[Any]:
    """Tasks of a viewer who writes an application."""
    return (
        task("handling_to_mend", "handling", Handling.id, Handling.network_id, null(), Handling.updated_at)
        .join(Handling, col(Handling.application_id) == col(Application.id))
        .where(
            col(Application.state) == ApplicationState.active,
            col(Handling.state) == HandlingState.returned,
            among(applied(viewer, P.applications_write, Application), col(Application.id)),
        )
    )
