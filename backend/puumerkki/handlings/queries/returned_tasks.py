"""What waits of handlings for those who apply: returned applications."""

from typing import Any

from sqlalchemy import Select, null
from sqlmodel import col

from puumerkki.access.actor import Viewer
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.application_tasks import task
from puumerkki.applications.queries.applications import applied
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel.reads.listings import visible_in


def waiting(viewer: Viewer) -> Select[Any]:
    """Tasks of a viewer who writes an application."""
    return (
        task("handling_to_mend", "handling", Handling.id, Handling.network_id, null(), Handling.updated_at)
        .join(Handling, col(Handling.application_id) == col(Application.id))
        .where(
            col(Application.state) == ApplicationState.active,
            col(Handling.state) == HandlingState.returned,
            visible_in(applied(viewer, P.applications_write, Application), col(Application.id)),
        )
    )
