"""Tables of imports."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlalchemy.types import BigInteger, Text
from sqlmodel import Field

from puumerkki.kernel.db import Aggregate, Json, Moment, Table, text_enum


class ImportKind(StrEnum):
    """What a file holds."""

    organisations = "organisations"
    members = "members"
    needs = "needs"
    applications = "applications"
    agreements = "agreements"
    proposals = "proposals"
    calls = "calls"
    people = "people"
    reports = "reports"
    representatives = "representatives"


class ImportState(StrEnum):
    """How an import stands.

    `tried`: what would happen is known row by row, and nothing has been stored yet. `refused`: rows were wrong and
    nothing was written; `failed`: it could not be run; `undone`: it was applied and undone.
    """

    queued = "queued"
    running = "running"
    tried = "tried"
    succeeded = "succeeded"
    refused = "refused"
    cancelled = "cancelled"
    failed = "failed"
    undone = "undone"


class ImportStep(StrEnum):
    """What a queued or running import does."""

    trial = "trial"
    apply = "apply"
    undo = "undo"


class RowVerdict(StrEnum):
    """What an import makes of a row. `near`: something much like it is there, and somebody says whether it is the same.

    `left_out`: nothing is wrong with the row itself; `because` says what keeps it out.
    """

    new = "new"
    changed = "changed"
    unchanged = "unchanged"
    near = "near"
    faulty = "faulty"
    left_out = "left_out"


class RowDecision(StrEnum):
    """What somebody decided of a row: it is the one that is there, it is another one, or it is left out."""

    same = "same"
    another = "another"
    skip = "skip"


ENDED = frozenset(
    {ImportState.succeeded, ImportState.refused, ImportState.cancelled, ImportState.failed, ImportState.undone}
)


class ImportJob(Aggregate, table=True):
    """A file that was sent for import, and what became of it.

    The file lies in the store until the import was cancelled, or can no longer be undone. `tried_at`: when its rows
    got the verdicts that are shown; null for a file that was imported at once.
    """

    __tablename__ = "import_job"

    kind: ImportKind = Field(sa_type=text_enum(ImportKind))
    state: ImportState = Field(default=ImportState.queued, sa_type=text_enum(ImportState))
    step: ImportStep = Field(default=ImportStep.apply, sa_type=text_enum(ImportStep))
    asked_by: UUID = Field(foreign_key="principal.id", index=True)
    applied_by: UUID | None = Field(default=None, foreign_key="principal.id")
    undone_by: UUID | None = Field(default=None, foreign_key="principal.id")
    network_id: UUID | None = Field(default=None, foreign_key="network.id")
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    file_name: str = Field(sa_type=Text)
    file_bytes: int = Field(sa_type=BigInteger)
    file_digest: str = Field(sa_type=Text)
    file_kept: bool = True
    sheet: str | None = Field(default=None, sa_type=Text)
    """The sheet of a workbook that was chosen; the first where nobody chose."""
    heading_row: int | None = None
    mapping: dict[str, Any] | None = Field(default=None, sa_type=Json)
    """From headings to fields, chosen by hand."""
    reading: dict[str, Any] | None = Field(default=None, sa_type=Json)
    """How the file was understood."""
    skip_bad: bool = False
    dry_run: bool = False
    cancel_asked: bool = False
    attempts: int = 0
    rows_read: int = 0
    rows_total: int | None = None
    percent: int | None = None
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    near: int = 0
    skipped: int = 0
    errors: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    """At most a thousand: row, column, value, code, message, first."""
    reason: str | None = Field(default=None, sa_type=Text)
    """Why it failed, a stable code."""
    started_at: datetime | None = Field(default=None, sa_type=Moment)
    tried_at: datetime | None = Field(default=None, sa_type=Moment)
    applied_at: datetime | None = Field(default=None, sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)


class ImportRow(Table, table=True):
    """A row of a file as it was read, its verdict, what was decided of it, and what was written.

    `cells`: by field, as read; `corrected`: cells that somebody wrote instead. `seen`: a digest of what was shown.
    `before`: what the changed columns held, `written_version`: the version that the import made; both once applied.
    """

    __tablename__ = "import_row_verdict"
    __table_args__ = (
        UniqueConstraint("job_id", "row"),
        Index("ix_import_row_verdict_verdict", "job_id", "verdict", "row"),
        Index(
            "ix_import_row_verdict_untried",
            "job_id",
            postgresql_where=text("untried"),
        ),
        CheckConstraint("(decision = 'same') = (same_id is not null) or decision is null", name="same"),
    )

    job_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("import_job.id", ondelete="CASCADE"), nullable=False))
    row: int
    verdict: RowVerdict = Field(sa_type=text_enum(RowVerdict))
    name: str = Field(default="", sa_type=Text)
    cells: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    target_id: UUID | None = None
    changes: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    candidates: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_type=Json)
    because: dict[str, Any] | None = Field(default=None, sa_type=Json)
    seen: str = Field(default="", sa_type=Text)
    decision: RowDecision | None = Field(default=None, sa_type=text_enum(RowDecision))
    same_id: UUID | None = None
    corrected: dict[str, Any] | None = Field(default=None, sa_type=Json)
    untried: bool = False
    """Somebody decided or corrected since the last trial run."""
    applied: bool = False
    before: dict[str, Any] | None = Field(default=None, sa_type=Json)
    written_version: int | None = None
