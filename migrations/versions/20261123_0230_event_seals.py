"""Seals of the event log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

GUARDS = """
create trigger event_seal_append_only before update or delete on event_seal
    for each row execute function refuse_change();
create trigger event_seal_no_truncate before truncate on event_seal
    for each statement execute function refuse_change();
do $$
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        revoke update, delete on event_seal from puumerkki_app;
    end if;
end $$
"""
PURPOSES = "ck_signing_key_key_purpose"


def _purposes(*names: str) -> None:
    op.drop_constraint(op.f(PURPOSES), "signing_key", type_="check")
    op.create_check_constraint(op.f(PURPOSES), "signing_key", sa.column("purpose").in_(names))


def upgrade() -> None:
    op.create_table(
        "event_seal",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_position", sa.BigInteger(), nullable=False),
        sa.Column("last_position", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event_seal")),
    )
    op.create_index("ix_event_seal_last_position", "event_seal", ["last_position"], unique=True)
    op.get_bind().connection.driver_connection.execute(GUARDS.encode())
    _purposes("tokens", "marks", "seals")


def downgrade() -> None:
    op.drop_table("event_seal")
    op.execute("delete from signing_key where purpose = 'seals'")
    _purposes("tokens", "marks")
