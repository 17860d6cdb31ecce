"""Lists choose the rows of a page before they join what is shown of them."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql

import puumerkki.web.app as _every_list_is_declared_there
from puumerkki.access.actor import ANONYMOUS, Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.kernel.reads.listings import PUBLIC, Listing
from puumerkki.kernel.reads.page_statements import page_statement
from tests.web.declared import listings

assert _every_list_is_declared_there
LISTINGS = listings()
VIEWERS = (ANONYMOUS, Caller(id=uuid4(), kind=PrincipalKind.user))
CHOSEN_BY = {
    "agreements": {"theme": {"agreement_version"}, "year": {"agreement_version"}, "ends_by": {"agreement_version"}},
    "applications": {
        "title": {"application_version"},
        "q": {"organisation", "application_version"},
        "applicant": {"application_version"},
        "call": {"application_version"},
        "authority": {"application_version"},
        "need": {"application_version"},
    },
    "partner_requests": {"q": {"application", "application_version", "organisation"}},
    "endorsements": {"q": {"application_version"}},
    "network_members": {"name": {"organisation"}},
    "rulebook_acceptances": {"": {"network_member"}, "name": {"network_member", "organisation"}},
    "organisation_people": {"name": {"app_user", "service_account"}},
    "organisation_relations": {"": {"organisation"}},
}
"""By list what a sort, a filter or (under the empty name) who may read needs to choose rows; all else is only shown."""
for one in ("agreements", "applications", "network_members"):
    CHOSEN_BY[f"{one}_export"] = CHOSEN_BY[one]


def shape(listing: Listing, viewer: Caller, sort: str, name: str | None) -> str:
    statement = page_statement(listing, viewer, {} if name is None else {name: uuid4()}, sort, 50, after=True)
    return re.sub(r"\s+", " ", str(statement.compile(dialect=postgresql.dialect())))


def keys_of(sql: str) -> str:
    """What stands between the parentheses of the keys."""
    start = sql.index("keys AS MATERIALIZED (") + len("keys AS MATERIALIZED (")
    depth = 1
    for place, letter in enumerate(sql[start:], start):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return sql[start:place]
    raise AssertionError(sql)


def beside(listing: Listing, sql: str) -> set[str]:
    """The tables of what is shown that are joined to the rows' own."""
    shown = {str(inspect(join.to).selectable.name): inspect(join.to).selectable for join in listing.display}
    joins = re.findall(r"(?:LEFT OUTER )?JOIN (\w+)(?: AS (\w+))? ON", sql)
    tables = {getattr(one, "element", one).name for one in shown.values()}
    return {table for table, _ in joins} & tables


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_rows_are_chosen_without_what_is_only_shown(listing: Listing) -> None:
    needs = CHOSEN_BY.get(listing.name, {})
    for viewer in VIEWERS if listing.readable is not PUBLIC else VIEWERS[:1]:
        for sort in listing.sorts:
            for name in (None, *listing.filters):
                sql = shape(listing, viewer, sort, name)
                allowed = needs.get("", set()) | needs.get(sort, set()) | needs.get(name or "", set())
                assert beside(listing, keys_of(sql)) == allowed, f"sorted by {sort}, filter {name}"
                assert sql.count("json_build_object") == sql.replace(keys_of(sql), "").count("json_build_object")


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_a_row_is_found_again_by_its_primary_key(listing: Listing) -> None:
    for order in listing.sorts.values():
        [table] = {column.table for column in order.columns[-1:]}
        primary = {column.key for column in inspect(table).primary_key}
        assert primary == {column.key for column in order.columns if getattr(column, "primary_key", False)}


BY_ACCESS_PATHS = [one for one in LISTINGS if one.access_paths is not None]


@pytest.mark.parametrize("listing", BY_ACCESS_PATHS, ids=lambda listing: listing.name)
def test_scopes_are_gathered_once_and_asked_one_by_one(listing: Listing) -> None:
    """A permission is asked of the grants once; the rows of each scope are found by its index, so many at most."""
    assert listing.access_paths is not None
    for order in listing.sorts.values():
        scoped = [one for one in listing.access_paths(VIEWERS[1]) if one.scopes is not None]
        assert scoped
        for way in scoped:
            sql = re.sub(r"\s+", " ", str(way.first_ids(order.columns[-1], 7).compile(dialect=postgresql.dialect())))
            gathered, _, rows = sql.partition(" JOIN LATERAL (")
            assert gathered.count("role_grant AS ") == 1
            assert rows.endswith(" LIMIT 7) AS anon_1 ON true")
            assert "role_grant" not in rows
