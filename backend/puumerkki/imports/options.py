"""How an import is to be done, whichever its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ImportOptions:
    """`skip_bad`: take the good rows, leave the bad ones. `dry_run`: only say what would happen.

    `network_id`, `organisation_id`: whose rows they are, for kinds that belong to one. `source`: where the operator has
    the list from, for those whom it concerns.

    `finds_near`: look for what resembles the rows, since somebody will decide. `makes_authorities`: only the operator's
    command may say that a list adds municipalities, counties and other authorities.

    `sheet`, `heading_row`: of the file, where somebody chose; `mapping`: which field a heading means, as it is written
    in the file, or a blank text to leave its column out.
    """

    skip_bad: bool = False
    dry_run: bool = False
    network_id: UUID | None = None
    organisation_id: UUID | None = None
    source: str | None = None
    finds_near: bool = False
    makes_authorities: bool = False
    sheet: str | None = None
    heading_row: int | None = None
    mapping: Mapping[str, str] | None = None
