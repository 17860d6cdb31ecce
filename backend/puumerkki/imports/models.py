"""Tables of imports."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.types import BigInteger, Text
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Json, Moment, text_enum


class ImportKind(StrEnum):
    """What a file holds."""

    organisations = "organisations"
    members = "members"
    needs = "needs"
    applications = "applications"
    agreements = "agreements"
    proposals = "proposals"


class ImportState(StrEnum):
    """How an import stands. `refused`: rows were wrong and nothing was written; `failed`: it could not be run."""

    queued = "queued"
    running = "running"
    succeeded = "succeeded"
    refused = "refused"
    cancelled = "cancelled"
    failed = "failed"


ENDED = frozenset({ImportState.succeeded, ImportState.refused, ImportState.cancelled, ImportState.failed})


class ImportJob(Aggregate, table=True):
    """A file that was sent for import, and what became of it. The file lies in the store until the import ended."""

    __tablename__ = "import_job"

    kind: ImportKind = Field(sa_type=text_enum(ImportKind))
    state: ImportState = Field(default=ImportState.queued, sa_type=text_enum(ImportState))
    asked_by: UUID = Field(foreign_key="principal.id", index=True)
    network_id: UUID | None = Field(default=None, foreign_key="network.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    file_name: str = Field(sa_type=Text)
    file_bytes: int = Field(sa_type=BigInteger)
    file_digest: str = Field(sa_type=Text)
    skip_bad: bool = False
    dry_run: bool = False
    cancel_asked: bool = False
    attempts: int = 0
    rows_read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    """At most a thousand: row, column, value, code, message, first."""
    reason: str | None = Field(default=None, sa_type=Text)
    """Why it failed, a stable code."""
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)
