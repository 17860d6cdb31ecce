"""Whose row it is: no condition of a read asks of any row at all, where it should ask of the one before it.

SQLAlchemy correlates a subquery with the statement next around it only. A condition two levels deep over a table of the
outermost statement would get that table anew into its own FROM, and so hold as soon as it held for any row.
"""

import re
from collections.abc import Sequence
from uuid import uuid4

import pytest
from sqlalchemy.dialects import postgresql
from sqlmodel import select

import puumerkki.web.app as _every_read_is_declared_there
from puumerkki import wiring
from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.activity import tasks
from puumerkki.activity.schemas import TaskSort
from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries.applications import is_applicant
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel.reads.listings import Listing
from puumerkki.kernel.reads.page_statements import page_statement
from puumerkki.kernel.tasks import Task
from tests.web.declared import listings

assert _every_read_is_declared_there
wiring.connect()
VIEWER = Caller(id=uuid4(), kind=PrincipalKind.user)
BESIDE = re.compile(r"\bFROM \w+(?: AS \w+)?, \w+(?: AS \w+)?")
"""A table beside another, without a join: one of them may be taken up anew."""
MEANT = {"FROM rulebook_acceptance, rulebook AS accepted_book"}
TOGETHER = {
    ("ballot_elector", "recusal"),
    ("ballot_elector", "vote"),
    ("meeting_attendance", "network_member"),
    ("network_decision_vote", "network_decision_elector"),
    ("organisation", "role_grant"),
    ("role_choice", "meeting"),
    ("rulebook_acceptance", "rulebook"),
}
"""Tables that a condition of a task asks together, each taken up for that."""


def sql_of(statement: object) -> str:
    return re.sub(r"\s+", " ", str(statement.compile(dialect=postgresql.dialect())))  # type: ignore[attr-defined]


LISTINGS = listings()


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_a_right_is_asked_of_the_row_that_is_read(listing: Listing) -> None:
    for sort in listing.sorts:
        for name in (None, *listing.filters):
            given = {} if name is None else {name: uuid4()}
            statement = page_statement(listing, VIEWER, given, sort, 50, after=False)
            assert set(BESIDE.findall(sql_of(statement))) <= MEANT, f"filter {name}, sorted by {sort}"


@pytest.mark.parametrize("group", tasks.groups(), ids=lambda group: group[0].kind)
def test_what_waits_is_asked_of_the_row_that_waits(group: Sequence[Task]) -> None:
    sql = sql_of(tasks.waiting(VIEWER, group, TaskSort.due, first=400))
    beside = {tuple(re.findall(r"(?:FROM|,) (\w+)", found)) for found in BESIDE.findall(sql)}
    assert beside <= TOGETHER
    assert len(re.findall(r"FROM (?:[^()]*, )?rows\b", sql)) <= 2, "the rows are taken up anew"


def test_the_trap_is_found() -> None:
    nested = select(Handling.id).where(Handling.application_id == Application.id, is_applicant(VIEWER)).exists()
    assert BESIDE.search(sql_of(select(Application.id).where(nested)))
