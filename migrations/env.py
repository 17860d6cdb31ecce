"""Alembic's environment: one connection, given by `kernel.migrate`, one transaction a migration, a short lock wait."""

from alembic import context
from sqlalchemy import Connection

from puumerkki.kernel.migrate import comparable
from puumerkki.wiring import metadata

LOCK_TIMEOUT = "5s"


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=comparable,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        connection.exec_driver_sql(f"set lock_timeout = '{LOCK_TIMEOUT}'")
        context.run_migrations()


run(context.config.attributes["connection"])
