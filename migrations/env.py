"""Alembic's environment: one connection, given by `kernel.migrate`, one transaction a migration, a short lock wait."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from puumerkki.wiring.models import metadata

LOCK_TIMEOUT = "5s"


def _include(_obj: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave out what migrations make by hand: procrastinate's tables and the event table's partitions."""
    return not (kind == "table" and name is not None and name.startswith(("procrastinate_", "event_p")))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=_include,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        connection.exec_driver_sql(f"set lock_timeout = '{LOCK_TIMEOUT}'")
        context.run_migrations()


run(context.config.attributes["connection"])
