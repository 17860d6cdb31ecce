"""What the API takes and gives."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from puumerkki.imports.models import ImportKind, ImportState
from puumerkki.kernel.field_types import Line, Moment, Schema
from puumerkki.kernel.reads.pagination import PageQuery


class ImportCreate(Schema):
    """The parameters of an import; the body is the file. `network_id` or `organisation_id` where the kind asks."""

    kind: ImportKind
    file_name: Line = "import.csv"
    skip_bad: Annotated[bool, Field(description="Import the good rows, leave out the bad ones.")] = False
    dry_run: Annotated[bool, Field(description="Only say what would happen.")] = False
    network_id: UUID | None = None
    organisation_id: UUID | None = None


class ImportQuery(PageQuery):
    kind: ImportKind | None = None
    state: ImportState | None = None


class RowErrorPublic(Schema):
    """What is wrong in one row. Rows are counted as a spreadsheet does: the headings are row 1.

    `code`: what is wrong, a stable word; null in what was kept before there were codes. `first`: where the same stands.
    `detail`: what more is known, in no language. A warning keeps nothing out.
    """

    row: int
    column: str
    value: str
    code: str | None = None
    message: str
    first: int | None = None
    detail: str | None = None
    severity: Literal["error", "warning"] = "error"


class ImportPublic(Schema):
    """An import and how far it is. `errors` holds the first thousand; `reason` says why it failed."""

    id: UUID
    kind: ImportKind
    state: ImportState
    asked_by: UUID
    network_id: UUID | None
    organisation_id: UUID | None
    file_name: str
    file_bytes: int
    skip_bad: bool
    dry_run: bool
    cancel_asked: bool
    rows_read: int
    created: int
    changed: int
    unchanged: int
    skipped: int
    reason: str | None
    created_at: Moment
    started_at: Moment | None
    finished_at: Moment | None
    version: int


class ImportDetails(ImportPublic):
    errors: list[RowErrorPublic]
