"""Migrations, from the repository or from an installed wheel."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine

from puumerkki.kernel.db import driver_url

PACKAGE = Path(__file__).parents[1]


def migrations_folder() -> Path:
    """The folder of the migrations: inside an installed package, or at the repository's root."""
    installed = PACKAGE / "migrations"
    return installed if installed.is_dir() else PACKAGE.parents[1] / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for our folder."""
    made = Config()
    made.set_main_option("script_location", str(migrations_folder()))
    made.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s")
    made.set_main_option("path_separator", "os")
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def _engine(url: str) -> Engine:
    return create_engine(driver_url(url))


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database to a revision; two that start at once wait for one another."""
    engine = _engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("select pg_advisory_lock(hashtext('puumerkki.migrate'))")
        connection.commit()
        try:
            command.upgrade(config(connection), revision)
            connection.commit()
        finally:
            connection.rollback()
            connection.exec_driver_sql("select pg_advisory_unlock(hashtext('puumerkki.migrate'))")
            connection.commit()
    engine.dispose()


def downgrade(url: str, revision: str) -> None:
    """Bring a database back to a revision; `base` is the empty database."""
    engine = _engine(url)
    with engine.connect() as connection:
        command.downgrade(config(connection), revision)
        connection.commit()
    engine.dispose()


def is_current(url: str) -> bool:
    """Whether a database has the newest migration."""
    engine = _engine(url)
    with engine.connect() as connection:
        heads = MigrationContext.configure(connection).get_current_heads()
    engine.dispose()
    return set(heads) == set(ScriptDirectory.from_config(config()).get_heads())


def comparable(_object: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leaves out what migrations make by hand, and indexes on expressions, which have no one spelling."""
    if kind == "table":
        return not str(name).startswith(("procrastinate_", "event_p2", "event_pdefault"))
    return not (kind == "index" and str(name).endswith("_search_words"))


def drift(url: str, metadata: MetaData) -> list[object]:
    """What the tables' declarations say other than the migrated database; empty when they agree."""
    engine = _engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "include_object": comparable},
        )
        found = list(compare_metadata(context, metadata))
    engine.dispose()
    return found
