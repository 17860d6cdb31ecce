"""Migrations run from empty, agree with the tables' declarations, and run back; or draft a new one."""

import argparse
import re
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

import psycopg
from alembic import command
from sqlalchemy import create_engine

from puumerkki.kernel import migrate
from puumerkki.kernel.db import driver_url
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.wiring import metadata


def main() -> int:
    """0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draft", metavar="NAME", help="draft a migration from the difference")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="puumerkki-migrations-") as folder:
        Path(folder).chmod(0o711)
        server = local_postgres.ensure_running(Path(folder) / "data", settings={"fsync": "off"})
        try:
            return _run(server, given.draft)
        finally:
            local_postgres.stop(server.data_dir, mode="immediate")


def _run(server: local_postgres.LocalServer, draft: str | None) -> int:
    url = _database(server)
    migrate.upgrade(url)
    if draft:
        with create_engine(driver_url(url)).connect() as connection:
            command.revision(migrate.config(connection), draft, autogenerate=True, rev_id=_next_revision())
        return 0
    problems = [f"differs from the tables: {one}" for one in migrate.drift(url, metadata)]
    migrate.downgrade(url, "base")
    left = _left_over(url)
    problems += [f"left behind by the way back: {name}" for name in left]
    migrate.upgrade(url)
    for problem in problems:
        print(f"migrations: {problem}", file=sys.stderr)
    print("migrations: up from empty, back and up again" if not problems else "migrations: failed")
    return 1 if problems else 0


def _database(server: local_postgres.LocalServer) -> str:
    name = f"puumerkki_{uuid4().hex[:8]}"
    local_postgres.ensure_database(server, name)
    return server.url(name)


def _left_over(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relname not like 'alembic_%'"
            " union all select proname from pg_proc where pronamespace = 'public'::regnamespace and not exists"
            " (select from pg_depend where objid = pg_proc.oid and deptype = 'e')"
        ).fetchall()
    return [name for (name,) in rows]


def _next_revision() -> str:
    numbers = [
        int(found.group(1))
        for file in (migrate.migrations_folder() / "versions").glob("*.py")
        if (found := re.search(r'^revision = "(\d+)"', file.read_text(), re.MULTILINE))
    ]
    return f"{max(numbers) + 1:04d}"


if __name__ == "__main__":
    sys.exit(main())
