"""How an import is to be done, whichever its kind."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class ImportOptions:
    """`skip_bad`: take the good rows, leave the bad ones. `dry_run`: only say what would happen.

    `network_id`, `organisation_id`: whose rows they are, for kinds that belong to one. `source`: where the operator has
    the list from, for those whom it concerns.
    """

    skip_bad: bool = False
    dry_run: bool = False
    network_id: UUID | None = None
    organisation_id: UUID | None = None
    source: str | None = None
