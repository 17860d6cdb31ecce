"""What can be imported: for each kind how, and who may. The rooms above tell; they are connected at start."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from puumerkki.access.permissions import P
from puumerkki.imports.models import ImportKind
from puumerkki.imports.own_files import own_columns
from puumerkki.imports.sheets import Sheet
from puumerkki.imports.templates import Template, headings_read, words_read


@dataclass(frozen=True)
class Rule:
    """`scope`: the option that names where the permission is asked; None is the platform."""

    sheet: Sheet
    permission: P
    template: Template
    scope: Literal["network_id", "organisation_id"] | None = None


_rules: dict[ImportKind, Rule] = {}
RULES: Mapping[ImportKind, Rule] = MappingProxyType(_rules)


def register(
    sheet: Sheet,
    permission: P,
    scope: Literal["network_id", "organisation_id"] | None = None,
    *,
    template: Template,
) -> None:
    """Make a kind of file known. Called by a room's manifest only; registering a kind again replaces it.

    The sheet reads the headings and words of its own template, which are those of the list as a file, too.
    """
    synonyms = {**headings_read(sheet, template), **sheet.synonyms}
    own = tuple(own_columns(template.headings, sheet.expected))
    complete = replace(sheet, synonyms=synonyms, words=words_read(sheet, template), own_columns=own)
    _rules[sheet.kind] = Rule(complete, permission, template, scope)
