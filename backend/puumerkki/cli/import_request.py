"""What somebody asks of `import`: the file, whose rows they are, what its headings mean, what was decided of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from puumerkki.cli.installation import fail
from puumerkki.imports.kinds import RULES, Rule
from puumerkki.imports.models import ImportKind, RowDecision
from puumerkki.imports.schemas import ImportRowUpdate


@dataclass(frozen=True)
class ImportRequest:
    """One call of the command. `decisions`: by row, counted as a spreadsheet does."""

    kind: ImportKind
    file: Path
    network_id: UUID | None = None
    organisation_id: UUID | None = None
    sheet: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    decisions: dict[int, ImportRowUpdate] = field(default_factory=dict)
    skip_bad: bool = False
    dry_run: bool = False

    @property
    def rule(self) -> Rule:
        """Of its kind."""
        return RULES[self.kind]

    @property
    def scope(self) -> dict[str, str]:
        """Whose rows they are, as the API asks it."""
        name = self.rule.scope
        return {} if name is None else {name: str(getattr(self, name))}

    def check(self) -> None:
        """End the command where a field does not exist, or nobody is named whose rows they are."""
        fields = self.rule.sheet.expected
        for heading, name in self.mapping.items():
            if name and name not in fields:
                raise fail(f"{heading}: there is no field {name}. Fields: {', '.join(fields)}.")
        for name in self.scope:
            if getattr(self, name) is None:
                raise fail(f"An import of {self.kind} needs --{name.removesuffix('_id')}.")


def mapping_of(columns: Sequence[str]) -> dict[str, str]:
    """What somebody said of headings, as 'heading=field'."""
    return {heading.strip(): name.strip() for heading, _, name in (one.rpartition("=") for one in columns)}


def decisions_of(same: Sequence[str], another: Sequence[int], skip: Sequence[int]) -> dict[int, ImportRowUpdate]:
    """What was decided by row; a row that is decided twice, or an id that is none, ends the command."""
    decided: dict[int, ImportRowUpdate] = {}
    given = [
        *(_same(one) for one in same),
        *((row, ImportRowUpdate(decision=RowDecision.another)) for row in another),
        *((row, ImportRowUpdate(decision=RowDecision.skip)) for row in skip),
    ]
    for row, decision in given:
        if row in decided:
            raise fail(f"Row {row} is decided twice.")
        decided[row] = decision
    return decided


def _same(text: str) -> tuple[int, ImportRowUpdate]:
    row, _, id_ = text.partition("=")
    try:
        return int(row), ImportRowUpdate(decision=RowDecision.same, same=UUID(id_.strip()))
    except ValueError:
        raise fail(f"--same {text}: give the row's number and the id of what it is, as 12=ID.") from None
