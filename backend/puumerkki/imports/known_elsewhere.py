"""Rows that name what is there by its id in another system, of kinds whose things each bear one such id."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints, model_validator

from puumerkki.imports.cell_types import KEY, row_fault
from puumerkki.imports.sheets import Check
from puumerkki.kernel.external_ids import SCHEME
from puumerkki.kernel.field_types import Schema

EXTERNAL: Mapping[str, str] = {"external_scheme": "scheme_expected", "external_id": "external_id_expected"}
"""For `expected` of kinds whose rows may name what is there by its id in another system."""
EXTERNAL_SYNONYMS: Mapping[str, str] = {
    "external_scheme": "externalscheme tunnusjarjestelma lahdejarjestelma kallsystem",
    "external_id": "externalid ulkoinentunnus lahdetunnus kallansid",
}


def by_external_id(table: str, *, belongs: str) -> str:
    """Find what the rows name by its id in another system, unless they name it by ours. `belongs`: as of `by_id`."""
    return (
        f"update import_row i set target_id = o.id from {table} o where i.given_id is null and {belongs}"
        " and o.external_scheme = i.external_scheme and o.external_id = i.external_id"
    )


NOT_ANOTHERS = (
    "i.target_id is null and (i.external_id is null or o.external_id is null or o.external_scheme <> i.external_scheme)"
)
"""SQL over `o` and `i`, for what is found by its title: the other system does not know it as another thing."""


def keep_external(table: str) -> str:
    """A blank leaves the id in another system; so does one whose zeros a spreadsheet dropped, where ours says which."""
    return (
        "update import_row i set external_scheme = o.external_scheme, external_id = o.external_id"
        f" from {table} o where o.id = i.target_id and (i.external_id is null"
        " or (i.given_id is not null and o.external_scheme = i.external_scheme"
        " and ltrim(o.external_id, '0') = i.external_id))"
    )


def external_taken(table: str, *, belongs: str) -> Check:
    """Rows that give their thing the id of another one that is there."""
    return (
        "external_id",
        "external_id_of_another",
        f"select i.row, i.external_id, null::int from import_row i join {table} o on {belongs}"
        " and o.external_scheme = i.external_scheme and o.external_id = i.external_id"
        " where o.id is distinct from i.target_id",
    )


class KnownRow(Schema):
    """The cells of a row that say which system knows it, and by which id."""

    external_scheme: Annotated[str | None, StringConstraints(pattern=SCHEME)] = None
    external_id: Annotated[str | None, KEY, StringConstraints(max_length=200)] = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "KnownRow":
        if (self.external_scheme is None) != (self.external_id is None):
            raise row_fault("external_scheme", "external_id_incomplete")
        return self
