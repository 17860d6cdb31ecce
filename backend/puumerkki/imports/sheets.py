"""What a file of one kind is, and the table that its rows lie in while PostgreSQL matches, checks and compares them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from psycopg import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.reading.headings import Vocabulary
from puumerkki.imports.results import Findings
from puumerkki.kernel.field_types import Schema

Connection: TypeAlias = AsyncConnection[Any]
Known: TypeAlias = Mapping[str, Mapping[str, str]]
"""What names mean: for each sort of thing, from what people write, unaccented, to its code."""
Check: TypeAlias = tuple[str, str, str]
"""A field, the code of what is wrong, and a select of (row, value, another row or null) of what is wrong.

A fourth column is what more is known, in no language.
"""

Note: TypeAlias = tuple[str, str, str | None]
"""A field, the code of what should be looked at, and what more is known."""


class NotImportable(Exception):
    """Nothing can be brought in there; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Staged:
    """Rows in the temporary table. `given`: the fields that the file has columns for; `headings`: how it calls them."""

    connection: Connection
    session: AsyncSession
    options: ImportOptions
    given: frozenset[str]
    headings: Mapping[str, str]
    findings: Findings
    values: Mapping[str, Any]
    """What every statement may name: now, actor, network, organisation, given, source."""

    async def run(self, *statements: str) -> None:
        """Execute statements, one after the other."""
        for statement in statements:
            await self.connection.execute(statement.encode(), self.values)

    async def check(self, *checks: Check) -> None:
        """Note what the checks find, and take those rows out."""
        wrong: set[int] = set()
        for name, fault, statement in checks:
            column = self.headings.get(name, name)
            async for row, value, first, *more in await self.connection.execute(statement.encode(), self.values):
                wrong.add(row)
                self.findings.add(row, column, value or "", fault, first=first, detail=more[0] if more else None)
        if wrong:
            await self.connection.execute("delete from import_row where row = any(%s)", [sorted(wrong)])

    async def check_repeated(self, *checks: Check) -> None:
        """Leave out what stands in the list twice; called after all other checks, and one after the other.

        So no row is left out because of one that does not come in either.
        """
        for one in checks:
            await self.check(one)

    async def note(self, *checks: Check) -> None:
        """Note what should be looked at in rows that come in all the same."""
        for name, code, statement in checks:
            column = self.headings.get(name, name)
            async for row, value, _, *more in await self.connection.execute(statement.encode(), self.values):
                self.findings.warn(row, column, value or "", code, detail=more[0] if more else None)


async def _nothing(_: AsyncSession) -> Known:
    return {}


async def _anywhere(_: Staged) -> None:
    return


async def _nobody(_session: AsyncSession, _staged: Staged) -> None:
    return


@dataclass(frozen=True)
class Undo:
    """How what was brought in is taken back; its statements may name what they need of `import_undo`.

    `subject`: what the events are about; `removed`, `changed`: their types, for what was made and is gone and for what
    is as before, each with SQL of the tier. `parts`: tables of what belongs to a row alone, each with the column that
    names it. `kept`: SQL over `o` and `i`, by its name in `before`, of what else an undo brings back, and `restore`
    brings it, once the columns of `Sheet.restored` are back.
    """

    subject: str
    removed: tuple[str, str]
    changed: tuple[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    restore: Sequence[str] = ()
    related: str = "'{}'::uuid[]"
    data: str = "'{}'::jsonb"
    """SQL over `o`, the table: what else an event names, and holds."""


@dataclass(frozen=True)
class Withdrawing:
    """An undo that takes back what others were asked, as far as nobody has answered.

    `withdraw`: of the ids of what was written, by whom; answers which of them it took back. What was answered stays.
    """

    withdraw: Callable[[AsyncSession, Sequence[UUID], UUID | None], Awaitable[set[UUID]]]


@dataclass(frozen=True)
class Sheet:
    """How files of a kind are read and brought in.

    `columns`: those of the temporary table that are copied, beginning with `row` and the columns of `ids`; `cells`:
    their values, without those. `more`: further columns. `key`: where the id of what is there goes. `settle` finds it,
    checks, and fills `changed` with the names of what is other; `statements` write what is new or other, and tell it.
    """

    kind: ImportKind
    row: type[Schema]
    synonyms: Mapping[str, str]
    expected: Mapping[str, str]
    columns: Mapping[str, str]
    cells: Callable[[Any], tuple[Any, ...]]
    settle: Callable[[Staged], Awaitable[None]]
    statements: Sequence[str]
    table: str
    """Of what is there: its rows have an id and a version."""
    shown: Mapping[str, tuple[str, str]]
    """For each name that `changed` may hold, SQL of it before (`o`, the table) and after (`i`, the row)."""
    restored: Sequence[str] = ()
    """Columns that an undo of a change brings back."""
    undo: Undo | Withdrawing | None = None
    """None where an undo would unsay what others have already been shown."""
    called: str = "null"
    """SQL over `i`: how a row is called by what was found of it, where not by what the file says."""
    ids: int = 2
    key: str = "target_id"
    more: str = ""
    known: Callable[[AsyncSession], Awaitable[Known]] = _nothing
    begin: Callable[[Staged], Awaitable[None]] = _anywhere
    """Locks what the rows belong to, or says why nothing can be brought in there."""
    tell: Callable[[AsyncSession, Staged], Awaitable[None]] = _nobody
    """Writes to those whom it concerns, once the rows are written."""
    named_by: Sequence[str] = ("name_fi", "name_sv", "name", "title", "reference")
    """Fields that hold names: those of the first rows are shown as they were read."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By field, what our own templates and lists call its codes: from plain words to codes."""
    own_columns: Sequence[frozenset[str]] = ()
    """Plain headings that our own files have beside those that are read, each with all of the others of its set."""
    one_of: Sequence[Sequence[str]] = ()
    """Groups of fields of which a file has a column for one at least."""
    alike: Mapping[str, Callable[[str], object]] = field(default_factory=dict)
    """By field what two columns that mean it are compared by, where not by what is written: 564 and Oulu."""
    notes: Callable[[Any, Mapping[str, str]], Iterable[Note]] | None = None
    """What to say of a good row and its cells."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What headings mean; needed is what no row can do without."""
        needed = [(name,) for name, one in self.row.model_fields.items() if one.is_required()]
        return Vocabulary(self.synonyms, (*self.one_of, *needed), self.alike)

    def create(self) -> str:
        """The temporary table, which ends with the transaction."""
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        return (
            f"create temporary table import_row ({columns}, {self.key} uuid{self.more},"
            " changed text[] not null default '{}') on commit drop"
        )

    def copy(self) -> str:
        """What takes the rows."""
        return f"copy import_row ({', '.join(self.columns)}) from stdin"


def twice(name: str, value: str, *, fault: str, keys: str, condition: str, order: str = "row") -> Check:
    """Rows whose keys stand in a row before. Nothing is sorted where none can be found."""
    return (
        name,
        fault,
        f"select row, {value}, first from ("
        f"select *, first_value(row) over same as first, row_number() over same as place from import_row"
        f" where exists (select from import_row where {condition})"
        f" and exists (select from import_row group by {keys} having count(*) > 1 and bool_or({condition}))"
        f" window same as (partition by {keys} order by {order})) numbered where place > 1 and {condition}",
    )


OUR_ID: Mapping[str, str] = {"id": "id_expected"}
"""For `expected` of kinds whose rows may name what is there by our id, as lists as files do; it lies in `given_id`."""


def by_id(table: str, *, belongs: str = "true", key: str = "target_id") -> str:
    """Find what the rows name by our id. `belongs`: SQL over `o`, of what is theirs to change."""
    return f"update import_row i set {key} = o.id from {table} o where o.id = i.given_id and {belongs}"


def id_unknown(key: str = "target_id") -> Check:
    """Rows whose id is of nothing that is there: they are not taken for something new."""
    wrong = f"select row, given_id::text, null::int from import_row where given_id is not null and {key} is null"
    return "id", "id_unknown", wrong


def given(name: str) -> str:
    """SQL: whether the file has a column for a field."""
    return f"'{name}' = any(%(given)s::text[])"


def keep(table: str, columns: Mapping[str, str]) -> str:
    """What the file has no column for stays as it is. `columns`: of the table, each with its field."""
    sets = (f"{name} = case when {given(field)} then i.{name} else o.{name} end" for name, field in columns.items())
    return f"update import_row i set {', '.join(sets)} from {table} o where o.id = i.target_id"


def compare(table: str, columns: Iterable[str], *, further: Iterable[str] = (), key: str = "target_id") -> str:
    """Fill `changed`. `further`: SQL of further names, or null."""
    names = [f"case when o.{name} is distinct from i.{name} then '{name}' end" for name in columns]
    return (
        "update import_row i set changed = array("
        f"select name from unnest(array[{', '.join([*names, *further])}]) as name"
        f" where name is not null order by name) from {table} o where o.id = i.{key}"
    )


def lock(table: str) -> str:
    """Nobody changes what is compared before it is written."""
    return f"select id from {table} where id in (select target_id from import_row) order by id for no key update"


def both(*columns: str) -> dict[str, tuple[str, str]]:
    """For `Sheet.shown`: columns that are called alike in the table and in the rows."""
    return {name: (f"o.{name}", f"i.{name}") for name in columns}


def headings_of(plain: Mapping[str, str]) -> dict[str, str]:
    """From each plain heading to its field: the words of a field are separated by blanks."""
    return {heading: name for name, headings in plain.items() for heading in headings.split()}
