"""What COPY reads of a block is what was written into it, whatever stands in the cells."""

from typing import Any
from uuid import UUID

import psycopg
from hypothesis import given
from hypothesis import strategies as st

from puumerkki.imports.copying import copy_block
from puumerkki.kernel.db import libpq_url

SIGNS = st.text(
    st.one_of(
        st.sampled_from('\\\t\n\r\b\v\f"{},N. '), st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    )
)
ROWS = st.lists(
    st.tuples(
        SIGNS | st.none(), st.lists(SIGNS), st.booleans() | st.none(), st.integers(-(2**31), 2**31 - 1), st.dates()
    ),
    max_size=20,
)


@given(rows=ROWS)
def test_what_is_copied_is_what_was_written(worker_database: str, rows: list[tuple[Any, ...]]) -> None:
    written = [(*row, UUID(int=7)) for row in rows]
    with psycopg.connect(libpq_url(worker_database)) as connection:
        connection.execute("create temporary table c (text text, texts text[], yes bool, n int, day date, id uuid)")
        with connection.cursor().copy("copy c from stdin") as stream:
            stream.write(copy_block(written))
        assert connection.execute("select * from c order by ctid").fetchall() == written
