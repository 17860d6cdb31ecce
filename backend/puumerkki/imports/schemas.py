"""What the API takes and gives."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.imports.models import ImportKind, ImportState, ImportStep, RowDecision, RowVerdict
from puumerkki.kernel.field_types import Line, Moment, Schema, UiLanguage
from puumerkki.kernel.reads.pagination import PageQuery


class ImportCreate(Schema):
    """The parameters of an import; the body is the file. `network_id` or `organisation_id` where the kind asks."""

    kind: ImportKind
    file_name: Line = "import.csv"
    skip_bad: Annotated[bool, Field(description="Import the good rows, leave out the bad ones.")] = False
    dry_run: Annotated[
        bool, Field(description="Only a trial run: each row gets its verdict, and `apply` stores what was shown.")
    ] = False
    network_id: UUID | None = None
    organisation_id: UUID | None = None


class BulkCreate(Schema):
    """What the lines are. `network_id` or `organisation_id` where the kind asks."""

    kind: ImportKind
    dry_run: Annotated[bool, Field(description="Only say what would become of each line.")] = False
    network_id: UUID | None = None
    organisation_id: UUID | None = None


class TemplateQuery(Schema):
    """In which language headings, words and advice are."""

    language: UiLanguage = UiLanguage.fi


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
    """An import and how far it is. `errors` holds the first thousand; `reason` says why it failed.

    `step`: what a queued or running import does. `rows_total` is null until it is known; `rows_read` of it have been
    read. `percent`: how much of all its work is done, null until that can be told. `near`: rows that somebody has to
    decide, `skipped`: all that are not taken, those among them.
    """

    id: UUID
    kind: ImportKind
    state: ImportState
    step: ImportStep
    asked_by: UUID
    network_id: UUID | None
    organisation_id: UUID | None
    file_name: str
    file_bytes: int
    skip_bad: bool
    dry_run: bool
    cancel_asked: bool
    rows_read: int
    rows_total: int | None
    percent: int | None
    created: int
    changed: int
    unchanged: int
    near: int
    skipped: int
    reason: str | None
    file_kept: bool
    created_at: Moment
    started_at: Moment | None
    tried_at: Moment | None
    applied_at: Moment | None
    finished_at: Moment | None
    version: int


class ImportListed(ImportPublic):
    """An import in a list. `undo_until`: until when it can be undone, or could be; null where it cannot.

    A name is null where nobody did it, or where the person has been erased.
    """

    asked_by_name: str | None
    applied_by_name: str | None
    undone_by_name: str | None
    undo_until: Moment | None


class ReadColumnPublic(Schema):
    """A column: its heading as the file writes it, and the field that it was read as, or none."""

    heading: str
    field: str | None
    by_hand: bool


class FileReadingPublic(Schema):
    """What a file was read as. A CSV has an encoding and a delimiter, a workbook sheets, of which one was read."""

    format: Literal["csv", "xlsx", "ods"]
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: list[str]
    heading_row: int | None
    columns: list[ReadColumnPublic]
    first_names: list[str]


class ImportDetails(ImportPublic):
    errors: list[RowErrorPublic]
    sheet: str | None
    heading_row: int | None
    mapping: dict[str, str] | None
    reading: FileReadingPublic | None


class ImportTry(Schema):
    """What a trial run reads: which sheet, the row of the headings, and by hand which heading means which field.

    A heading that means no field has a blank text there. What is not given stays as it was.
    """

    sheet: Line | None = None
    heading_row: Annotated[int, Field(ge=1, le=1000)] | None = None
    mapping: Annotated[dict[Line, Annotated[str, Field(max_length=300)]], Field(max_length=200)] | None = None


class ImportApply(Schema):
    """`leave_out`: faulty rows, and those that nobody decided, are left out; without it they stop the import."""

    leave_out: bool = False


class ImportRowQuery(PageQuery):
    verdict: RowVerdict | None = None
    untried: bool | None = None
    applied: bool | None = None
    warned: Annotated[bool, Field(description="Rows that come in and should be looked at.")] | None = None


class RowCounts(Schema):
    """How many rows have which verdict.

    `untried`: how many were decided or corrected since the last trial run; `warned`: how many come in and should be
    looked at.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    near: int = 0
    faulty: int = 0
    left_out: int = 0
    untried: int = 0
    warned: int = 0


class RowChange(Schema):
    """A field that is other than what is there."""

    field: str
    before: Any
    after: Any


class RowCandidate(Schema):
    """Something that is there and is much like a row. `likeness`: from 0 to 1, 1 where the plain names are the same.

    `differs`: the fields, as `changes` names them, in which a row of organisations says something else.
    """

    id: UUID
    names: dict[str, str]
    home_municipality_code: str | None
    business_id: str | None
    association_register_number: str | None
    sector: str | None = None
    differs: list[str] = []
    likeness: float


class RowFinding(Schema):
    """What is wrong in a row; `first`: the row where the same stands. A warning keeps nothing out."""

    column: str
    value: str
    code: str
    message: str
    first: int | None = None
    detail: str | None = None
    severity: Literal["error", "warning"] = "error"


class RowBecause(Schema):
    """What keeps a row out: a stable code, and another row where that is the reason."""

    code: str
    row: int | None = None


class ImportRowPublic(Schema):
    """A row, its verdict, and what was decided of it.

    `cells`: by field, as they were read; `corrected`: those that somebody wrote instead. `untried`: it was decided or
    corrected since the last trial run, so its verdict is older. `applied`: the import wrote it, or found it so.
    """

    row: int
    verdict: RowVerdict
    name: str
    cells: dict[str, str]
    corrected: dict[str, str] | None
    target_id: UUID | None
    changes: list[RowChange]
    candidates: list[RowCandidate]
    findings: list[RowFinding]
    because: RowBecause | None
    decision: RowDecision | None
    same_id: UUID | None
    untried: bool
    applied: bool


class ImportRowUpdate(Schema):
    """What is decided or corrected of a row.

    `cells`: by field; an empty text empties the cell, null removes the correction.
    """

    cells: Annotated[dict[Line, str | None], Field(max_length=100)] | None = None
    decision: RowDecision | None = None
    same: UUID | None = None

    @model_validator(mode="after")
    def _whole(self) -> "ImportRowUpdate":
        if (self.decision is RowDecision.same) != (self.same is not None):
            raise ValueError("Give `same`, the id, with the decision `same`.")
        return self


class ResultQuery(Schema):
    language: Literal["fi", "sv", "en"] = "en"
