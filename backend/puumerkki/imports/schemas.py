"""What the API takes and gives."""

from typing import Annotated

from pydantic import Field

from puumerkki.kernel.text import Schema


class ImportQuery(Schema):
    skip_bad: Annotated[bool, Field(description="Import the good rows, leave out the bad ones.")] = False
    dry_run: Annotated[bool, Field(description="Only say what would happen.")] = False


class RowErrorPublic(Schema):
    """What is wrong in one row. Rows are counted as a spreadsheet does: the headings are row 1."""

    row: int
    column: str
    value: str
    message: str


class ImportResultPublic(Schema):
    """What the import did. `errors` holds the first thousand."""

    created: int
    changed: int
    unchanged: int
    skipped: int
    errors: list[RowErrorPublic]
    applied: bool
