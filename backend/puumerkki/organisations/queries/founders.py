"""Who added an organisation to the register, as SQL."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from puumerkki.kernel.events import EventRow
from puumerkki.organisations.events import OrganisationCreated


def added(principal_id: Any, organisation_id: UUID) -> ColumnElement[bool]:
    """SQL: somebody added an organisation; the log of events keeps it."""
    return exists().where(
        col(EventRow.subject_id) == organisation_id,
        col(EventRow.type) == OrganisationCreated.type,
        col(EventRow.actor_id) == principal_id,
    )
