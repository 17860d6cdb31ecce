"""What is known by its title: the same one in plain form, without case, and signs and blanks between words."""

from puumerkki.imports.sheets import Check, Staged


def plain(column: str) -> str:
    """SQL: a title in plain form; one of signs only stays as it is."""
    bare = f"regexp_replace(lower(normalize({column}, nfkc)), '[\\s.,:;!?''\"()/–—-]+', ' ', 'g')"
    return f"coalesce(nullif(btrim({bare}), ''), {column})"


def several(fault: str) -> Check:
    """Rows whose title several have."""
    found = "select i.row, i.title, null::int from import_same s join import_row i using (row)"
    return "title", fault, f"{found} where s.best group by i.row, i.title having count(*) > 1"


async def find_same(staged: Staged, table: str, columns: tuple[str, ...], where: str) -> None:
    """Fill `import_same` for rows that name nothing by its id. `where`: SQL over `o`, of what is theirs to change.

    `columns`: what is the same beside the title. The title to the letter goes before its plain form.
    """
    alike = " and ".join(f"o.{name} = i.{name}" for name in columns) or "true"
    await staged.run(
        "drop table if exists import_same",
        f"create temporary table import_same on commit drop as select row, id, title, exact,"
        " exact = bool_or(exact) over (partition by row) as best from ("
        f"select i.row, o.id, o.title, o.title = i.title as exact from import_row i join {table} o"
        f" on {plain('o.title')} = {plain('i.title')} and {alike} where i.given_id is null and {where}) found",
    )


async def take_same(staged: Staged) -> None:
    """Take what was found, which keeps its title."""
    await staged.run(
        "update import_row i set target_id = s.id, title = s.title from import_same s where s.best and s.row = i.row"
    )
