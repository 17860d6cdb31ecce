"""The first tables."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import UserDefinedType

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A later version may come under a policy; a mark once asked for stays asked for, of the same networks.
KEPT_POLICY = """
create trigger partner_request_policy_frozen before update on partner_request for each row
    when (old.asks_mark and (not new.asks_mark or new.network_ids is distinct from old.network_ids))
    execute function refuse_change()
"""

EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
YEARS = range(2026, 2031)

REFUSE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% of % is not allowed: it is append-only or frozen', tg_op, tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$
"""
FROZEN = {
    "application_version": "application_id, number, title, content, submitted_by, submitted_for_organisation_id",
    "endorsement": "number, network_id, application_id, handling_id, version_number, snapshot, digest, credential,"
    " kid, status_index, issued_at, valid_from, valid_until",
    "partner_request": "application_id, authority_id, case_number",
    "ballot_elector": "ballot_id, member_id",
}


class Xid8(UserDefinedType):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_):
        return "xid8"


def text_enum(name, *values):
    """An enum as text with a CHECK."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=60)


def _run(sql: str) -> None:
    """Past the parsing of parameters: the text goes to the driver as it is."""
    op.get_bind().connection.driver_connection.execute(sql.encode())


def upgrade() -> None:
    for extension in EXTENSIONS:
        _run(f"create extension if not exists {extension}")
    _create_tables()
    _run("create table event_pdefault partition of event default")
    for year in YEARS:
        _run(
            f"create table event_p{year} partition of event"
            f" for values from ('{year}-01-01 00:00+00') to ('{year + 1}-01-01 00:00+00')"
        )
    _run("insert into event_sequence (id, horizon, last_position) values (1, pg_current_xact_id(), 0)")
    _run(REFUSE)
    for table in ("event", "event_position", "break_glass"):
        _run(
            f"create trigger {table}_append_only before update or delete on {table} for each row execute function refuse_change()"
        )
        _run(
            f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function refuse_change()"
        )
    for table, columns in FROZEN.items():
        same = " and ".join(
            f"new.{column} is not distinct from old.{column}" for column in columns.replace(" ", "").split(",")
        )
        _run(
            f"create trigger {table}_frozen before update on {table} for each row"
            f" when (not ({same})) execute function refuse_change()"
        )
        _run(f"create trigger {table}_kept before delete on {table} for each row execute function refuse_change()")
        _run(
            f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function refuse_change()"
        )
    _run(KEPT_POLICY)
    _run(ENDED_MARK)
    _run(SchemaManager.get_schema())
    _run(GRANTS)


ENDED_MARK = """
create trigger endorsement_ended before update on endorsement for each row
    when (old.state <> 'valid' and new.state is distinct from old.state) execute function refuse_change()
"""
"""A mark that was superseded or revoked never comes back into force."""

GRANTS = """
do $$
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        grant usage on schema public to puumerkki_app;
        grant select, insert, update, delete on all tables in schema public to puumerkki_app;
        grant usage, select, update on all sequences in schema public to puumerkki_app;
        grant execute on all functions in schema public to puumerkki_app;
        revoke update, delete on event, event_position, break_glass from puumerkki_app;
        alter default privileges in schema public grant select, insert, update, delete on tables to puumerkki_app;
        alter default privileges in schema public grant usage, select, update on sequences to puumerkki_app;
    end if;
end $$
"""


def downgrade() -> None:
    _run(
        "do $$ declare one record; begin"
        " for one in select oid::regclass as name from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind = 'r' and relname like 'procrastinate\\_%' loop execute 'drop table ' || one.name || ' cascade'; end loop;"
        " for one in select oid::regprocedure as name from pg_proc where pronamespace = 'public'::regnamespace"
        " and proname like 'procrastinate\\_%' loop execute 'drop function ' || one.name || ' cascade'; end loop;"
        " for one in select typname as name from pg_type where typnamespace = 'public'::regnamespace"
        " and typname like 'procrastinate\\_%' and typtype in ('e', 'c') loop execute 'drop type ' || one.name || ' cascade'; end loop;"
        " end $$"
    )
    _drop_tables()
    _run("drop function refuse_change()")


def _create_tables() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("endorsement_status_index", start=0, minvalue=0)))
    op.create_table(
        "classification",
        sa.Column("scheme", text_enum("scheme", "service_class", "target_group", "life_situation"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "code", name=op.f("pk_classification")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("xid", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column(
            "tier", text_enum("tier", "public", "parties", "network", "authority", "own", "sealed"), nullable=False
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("related", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("changed", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("data", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", "occurred_at", name=op.f("pk_event")),
        postgresql_partition_by="RANGE (occurred_at)",
    )
    op.create_index("ix_event_related", "event", ["related"], unique=False, postgresql_using="gin")
    op.create_index("ix_event_subject", "event", ["subject_id", "occurred_at"], unique=False)
    op.create_index("ix_event_xid", "event", ["xid"], unique=False)
    op.create_table(
        "event_position",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_event_position")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_position_event_id")),
    )
    op.create_table(
        "event_sequence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("horizon", Xid8(), server_default=sa.FetchedValue(), nullable=False),
        sa.Column("last_position", sa.BigInteger(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_sequence")),
    )
    op.create_table(
        "idempotency_record",
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("principal_id", "key", name=op.f("pk_idempotency_record")),
    )
    op.create_index(op.f("ix_idempotency_record_created_at"), "idempotency_record", ["created_at"], unique=False)
    op.create_table(
        "mail_outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_outbox")),
    )
    op.create_table(
        "network",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            text_enum(
                "network_kind",
                "municipal_team",
                "partnership_table",
                "thematic_network",
                "family_centre",
                "advisory_board",
                "association_network",
                "working_group",
            ),
            nullable=False,
        ),
        sa.Column("state", text_enum("network_state", "forming", "active", "dormant", "closed"), nullable=False),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=True),
        sa.Column("theme", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("goals", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("municipality_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("wellbeing_county_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("target_groups", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("prefix ~ '^[A-Z0-9]{2,20}$'", name=op.f("ck_network_prefix")),
        sa.CheckConstraint("not decides or prefix is not null", name=op.f("ck_network_prefix_where_decides")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
        sa.UniqueConstraint("prefix", name=op.f("uq_network_prefix")),
    )
    op.create_index("ix_network_created", "network", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_network_municipalities", "network", ["municipality_codes"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_network_search_words",
        "network",
        [sa.literal_column("to_tsvector('finnish', search_text)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index("ix_network_sort", "network", ["sort_key", "id"], unique=False)
    op.create_table(
        "principal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", text_enum("principal_kind", "user", "service"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principal")),
    )
    op.create_table(
        "rate_limit",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("window_starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_limit")),
    )
    op.create_index(op.f("ix_rate_limit_window_starts_at"), "rate_limit", ["window_starts_at"], unique=False)
    op.create_table(
        "region",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
    )
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("purpose", text_enum("key_purpose", "tokens", "marks"), nullable=False),
        sa.Column("public_jwk", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compromised_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("kid", name=op.f("uq_signing_key_kid")),
    )
    op.create_index(
        "uq_signing_key_current",
        "signing_key",
        ["purpose"],
        unique=True,
        postgresql_where=sa.text("retired_at is null"),
    )
    op.create_table(
        "wellbeing_county",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_wellbeing_county")),
    )
    op.create_table(
        "app_user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("state", text_enum("user_state", "invited", "active", "disabled"), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["principal.id"], name=op.f("fk_app_user_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("email", name=op.f("uq_app_user_email")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("audience", text_enum("audience", "applicants", "network", "authority"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_attachment_digest")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["principal.id"], name=op.f("fk_attachment_uploaded_by_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_subject", "attachment", ["subject_id", "created_at", "id"], unique=False)
    op.create_table(
        "break_glass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("scope_kind", text_enum("scope_kind", "organisation", "network", "platform"), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["operator_id"], ["principal.id"], name=op.f("fk_break_glass_operator_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
    )
    op.create_index(op.f("ix_break_glass_operator_id"), "break_glass", ["operator_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("audience", text_enum("audience", "applicants", "network", "authority"), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("reply_to_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["principal.id"], name=op.f("fk_comment_author_id_principal")),
        sa.ForeignKeyConstraint(["reply_to_id"], ["comment.id"], name=op.f("fk_comment_reply_to_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_author_id"), "comment", ["author_id"], unique=False)
    op.create_index("ix_comment_subject", "comment", ["subject_id", "created_at", "id"], unique=False)
    op.create_table(
        "endorsement_counter",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_endorsement_counter_network_id_network")),
        sa.PrimaryKeyConstraint("network_id", "year", name=op.f("pk_endorsement_counter")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("kind", text_enum("meeting_kind", "meeting", "forum", "workshop"), nullable=False),
        sa.Column("state", text_enum("meeting_state", "planned", "held", "cancelled"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.CheckConstraint("ends_at is null or ends_at >= starts_at", name=op.f("ck_meeting_times")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_meeting_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_network", "meeting", ["network_id", "starts_at", "id"], unique=False)
    op.create_table(
        "municipality",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("wellbeing_county_code", sa.Text(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("merged_into_code", sa.Text(), nullable=True),
        sa.CheckConstraint("valid_until is null or valid_until >= valid_from", name=op.f("ck_municipality_validity")),
        sa.ForeignKeyConstraint(
            ["merged_into_code"], ["municipality.code"], name=op.f("fk_municipality_merged_into_code_municipality")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_municipality_region_code_region")),
        sa.ForeignKeyConstraint(
            ["wellbeing_county_code"],
            ["wellbeing_county.code"],
            name=op.f("fk_municipality_wellbeing_county_code_wellbeing_county"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_municipality")),
    )
    op.create_index(op.f("ix_municipality_region_code"), "municipality", ["region_code"], unique=False)
    op.create_index(op.f("ix_municipality_sort_key"), "municipality", ["sort_key"], unique=False)
    op.create_index(
        op.f("ix_municipality_wellbeing_county_code"), "municipality", ["wellbeing_county_code"], unique=False
    )
    op.create_table(
        "point_to_mend",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("state", text_enum("point_state", "open", "answered", "settled"), nullable=False),
        sa.CheckConstraint(
            "state = 'open' or answer is not null or state = 'settled'", name=op.f("ck_point_to_mend_answer")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["principal.id"], name=op.f("fk_point_to_mend_answered_by_principal")),
        sa.ForeignKeyConstraint(["raised_by"], ["principal.id"], name=op.f("fk_point_to_mend_raised_by_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_to_mend")),
    )
    op.create_index("ix_point_to_mend_subject", "point_to_mend", ["subject_id", "created_at", "id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("scope_kind", text_enum("scope_kind", "organisation", "network", "platform"), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            text_enum(
                "role",
                "viewer",
                "editor",
                "owner",
                "signatory",
                "officer",
                "decider",
                "registry",
                "representative",
                "deputy",
                "coordinator",
                "chair",
                "secretary",
                "observer",
                "operator",
                "inspector",
            ),
            nullable=False,
        ),
        sa.Column("for_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["granted_by"], ["principal.id"], name=op.f("fk_role_grant_granted_by_principal")),
        sa.ForeignKeyConstraint(["principal_id"], ["principal.id"], name=op.f("fk_role_grant_principal_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index("ix_role_grant_scope", "role_grant", ["scope_id", "role"], unique=False)
    op.create_index(
        "uq_role_grant_all",
        "role_grant",
        ["principal_id", "scope_kind", "scope_id", "role", "for_organisation_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "rulebook",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("texts", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("rule", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("state", text_enum("rulebook_state", "draft", "in_force", "replaced"), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accept_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_rulebook_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook")),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_rulebook_network_id_number")),
    )
    op.create_index(
        "uq_rulebook_in_force", "rulebook", ["network_id"], unique=True, postgresql_where=sa.text("state = 'in_force'")
    )
    op.create_table(
        "service_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", text_enum("service_account_state", "active", "revoked"), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["principal.id"], name=op.f("fk_service_account_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_account")),
    )
    op.create_index(op.f("ix_service_account_organisation_id"), "service_account", ["organisation_id"], unique=False)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.CheckConstraint("(subject_kind is null) = (subject_id is null)", name=op.f("ck_agenda_item_subject")),
        sa.CheckConstraint("number > 0", name=op.f("ck_agenda_item_number")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "meeting_id", "number", deferrable=True, initially="DEFERRED", name=op.f("uq_agenda_item_meeting_id_number")
        ),
    )
    op.create_index("ix_agenda_item_subject", "agenda_item", ["subject_id"], unique=False)
    op.create_table(
        "area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_code", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("kind", text_enum("area_kind", "district", "village", "other"), nullable=False),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_until is null or valid_until >= valid_from", name=op.f("ck_area_validity")),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_area_municipality_code_municipality")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
    )
    op.create_index(op.f("ix_area_municipality_code"), "area", ["municipality_code"], unique=False)
    op.create_table(
        "mailed_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purpose", text_enum("mailed_purpose", "login", "password_reset", "invitation"), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("payload", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_mailed_link_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_mailed_link_token_hash")),
    )
    op.create_index(op.f("ix_mailed_link_user_id"), "mailed_link", ["user_id"], unique=False)
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column(
            "sector",
            text_enum(
                "sector",
                "municipality",
                "wellbeing_county",
                "association",
                "parish",
                "company",
                "village_committee",
                "action_group",
                "residents",
                "state",
                "foundation",
            ),
            nullable=False,
        ),
        sa.Column(
            "legal_form",
            text_enum(
                "legal_form",
                "registered_association",
                "unregistered_group",
                "municipality",
                "joint_authority",
                "wellbeing_county",
                "state_agency",
                "parish",
                "parish_union",
                "religious_community",
                "foundation",
                "limited_company",
                "cooperative",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("business_id", sa.Text(), nullable=True),
        sa.Column("association_register_number", sa.Text(), nullable=True),
        sa.Column("home_municipality_code", sa.Text(), nullable=True),
        sa.Column("municipality_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("wellbeing_county_code", sa.Text(), nullable=True),
        sa.Column("descriptions", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("state", text_enum("organisation_state", "active", "archived"), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_municipality_code"],
            ["municipality.code"],
            name=op.f("fk_organisation_home_municipality_code_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["wellbeing_county_code"],
            ["wellbeing_county.code"],
            name=op.f("fk_organisation_wellbeing_county_code_wellbeing_county"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("association_register_number", name=op.f("uq_organisation_association_register_number")),
        sa.UniqueConstraint("business_id", name=op.f("uq_organisation_business_id")),
    )
    op.create_index("ix_organisation_created", "organisation", ["created_at", "id"], unique=False)
    op.create_index(
        op.f("ix_organisation_home_municipality_code"), "organisation", ["home_municipality_code"], unique=False
    )
    op.create_index(
        "ix_organisation_municipalities", "organisation", ["municipality_codes"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_organisation_search_trigram",
        "organisation",
        ["search_text"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_organisation_search_words",
        "organisation",
        [sa.literal_column("to_tsvector('finnish', search_text)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index("ix_organisation_sector_sort", "organisation", ["sector", "sort_key", "id"], unique=False)
    op.create_index("ix_organisation_sort", "organisation", ["sort_key", "id"], unique=False)
    op.create_table(
        "refresh_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_refresh_token_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_refresh_token_token_hash")),
    )
    op.create_index("ix_refresh_token_family", "refresh_token", ["family_id"], unique=False)
    op.create_index(op.f("ix_refresh_token_user_id"), "refresh_token", ["user_id"], unique=False)
    op.create_table(
        "affiliation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", text_enum("affiliation_kind", "board_member", "employee", "close_family"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_affiliation_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["principal_id"], ["principal.id"], name=op.f("fk_affiliation_principal_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
        sa.UniqueConstraint(
            "principal_id", "organisation_id", "kind", name=op.f("uq_affiliation_principal_id_organisation_id_kind")
        ),
    )
    op.create_index(op.f("ix_affiliation_organisation_id"), "affiliation", ["organisation_id"], unique=False)
    op.create_table(
        "case_counter",
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organisation.id"], name=op.f("fk_case_counter_authority_id_organisation")
        ),
        sa.PrimaryKeyConstraint("authority_id", "year", name=op.f("pk_case_counter")),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.CheckConstraint("email is not null or phone is not null", name=op.f("ck_contact_reachable")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contact_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_organisation_id"), "contact", ["organisation_id"], unique=False)
    op.create_table(
        "external_id",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_external_id_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_id")),
        sa.UniqueConstraint("organisation_id", "scheme", name=op.f("uq_external_id_organisation_id_scheme")),
        sa.UniqueConstraint("scheme", "value", name=op.f("uq_external_id_scheme_value")),
    )
    op.create_table(
        "funding_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("funder_id", sa.Uuid(), nullable=False),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("programme", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("descriptions", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=True),
        sa.Column("min_cents", sa.BigInteger(), nullable=True),
        sa.Column("max_cents", sa.BigInteger(), nullable=True),
        sa.Column("legal_forms", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("partner_required", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", text_enum("call_state", "draft", "published", "cancelled"), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_funding_call_dates")),
        sa.CheckConstraint(
            "max_cents is null or max_cents >= coalesce(min_cents, 0)", name=op.f("ck_funding_call_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["funder_id"], ["organisation.id"], name=op.f("fk_funding_call_funder_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_call")),
    )
    op.create_index("ix_funding_call_closes", "funding_call", ["closes_at", "id"], unique=False)
    op.create_index("ix_funding_call_created", "funding_call", ["created_at", "id"], unique=False)
    op.create_index(op.f("ix_funding_call_funder_id"), "funding_call", ["funder_id"], unique=False)
    op.create_table(
        "gate_policy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("network_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("target_groups", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("area_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("call_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("reason", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("cardinality(network_ids) > 0", name=op.f("ck_gate_policy_networks")),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_gate_policy_days")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organisation.id"], name=op.f("fk_gate_policy_authority_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_policy")),
    )
    op.create_index("ix_gate_policy_authority", "gate_policy", ["authority_id", "starts_on", "id"], unique=False)
    op.create_table(
        "need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_code", sa.Text(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("target_groups", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_for_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("state", text_enum("need_state", "raised", "agreed", "being_met", "met", "dropped"), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_need_area_id_area")),
        sa.ForeignKeyConstraint(
            ["municipality_code"], ["municipality.code"], name=op.f("fk_need_municipality_code_municipality")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_need_network_id_network")),
        sa.ForeignKeyConstraint(["raised_by"], ["principal.id"], name=op.f("fk_need_raised_by_principal")),
        sa.ForeignKeyConstraint(
            ["raised_for_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_need_raised_for_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    op.create_index(op.f("ix_need_area_id"), "need", ["area_id"], unique=False)
    op.create_index("ix_need_created", "need", ["created_at", "id"], unique=False)
    op.create_index(op.f("ix_need_municipality_code"), "need", ["municipality_code"], unique=False)
    op.create_index("ix_need_network", "need", ["network_id", "created_at", "id"], unique=False)
    op.create_index(
        "ix_need_search_words",
        "need",
        [sa.literal_column("to_tsvector('finnish', title || ' ' || description)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index("ix_need_sort", "need", ["sort_key", "id"], unique=False)
    op.create_table(
        "network_authority",
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_authority_network_id_network")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_network_authority_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("network_id", "organisation_id", name=op.f("pk_network_authority")),
    )
    op.create_index(
        op.f("ix_network_authority_organisation_id"), "network_authority", ["organisation_id"], unique=False
    )
    op.create_table(
        "network_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            text_enum("member_state", "invited", "requested", "active", "refused", "left", "removed"),
            nullable=False,
        ),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_member_network_id_network")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_network_member_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_member")),
        sa.UniqueConstraint("network_id", "organisation_id", name=op.f("uq_network_member_network_id_organisation_id")),
    )
    op.create_index(op.f("ix_network_member_organisation_id"), "network_member", ["organisation_id"], unique=False)
    op.create_table(
        "organisation_relation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("kind", text_enum("relation_kind", "umbrella", "parish_union", "host"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on is null or ends_on >= starts_on", name=op.f("ck_organisation_relation_days")),
        sa.CheckConstraint("organisation_id <> other_id", name=op.f("ck_organisation_relation_not_itself")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_relation_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["organisation.id"], name=op.f("fk_organisation_relation_other_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_relation")),
        sa.UniqueConstraint(
            "organisation_id",
            "other_id",
            "kind",
            "starts_on",
            name=op.f("uq_organisation_relation_organisation_id_other_id_kind_starts_on"),
        ),
    )
    op.create_index(op.f("ix_organisation_relation_other_id"), "organisation_relation", ["other_id"], unique=False)
    op.create_table(
        "organisation_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("content", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_organisation_version_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_version")),
        sa.UniqueConstraint("organisation_id", "number", name=op.f("uq_organisation_version_organisation_id_number")),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("theme", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_principal_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("term_starts_on", sa.Date(), nullable=False),
        sa.Column("term_ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("term_ends_on >= term_starts_on", name=op.f("ck_seat_term")),
        sa.ForeignKeyConstraint(
            ["deputy_principal_id"], ["principal.id"], name=op.f("fk_seat_deputy_principal_id_principal")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_seat_network_id_network")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_seat_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["principal_id"], ["principal.id"], name=op.f("fk_seat_principal_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_network_id"), "seat", ["network_id"], unique=False)
    op.create_index(op.f("ix_seat_principal_id"), "seat", ["principal_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("state", text_enum("application_state", "draft", "active", "withdrawn", "closed"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("private", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("current_version", sa.Integer(), nullable=True),
        sa.Column("continues_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["organisation.id"], name=op.f("fk_application_applicant_id_organisation")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["funding_call.id"], name=op.f("fk_application_call_id_funding_call")),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["application.id"], name=op.f("fk_application_continues_id_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
    )
    op.create_index("ix_application_applicant", "application", ["applicant_id", "created_at", "id"], unique=False)
    op.create_index(op.f("ix_application_call_id"), "application", ["call_id"], unique=False)
    op.create_index(op.f("ix_application_continues_id"), "application", ["continues_id"], unique=False)
    op.create_index("ix_application_created", "application", ["created_at", "id"], unique=False)
    op.create_index("ix_application_state", "application", ["state", "created_at", "id"], unique=False)
    op.create_table(
        "meeting_attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_attendance_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["network_member.id"], name=op.f("fk_meeting_attendance_member_id_network_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendance")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_meeting_attendance_meeting_id_member_id")),
    )
    op.create_index(op.f("ix_meeting_attendance_member_id"), "meeting_attendance", ["member_id"], unique=False)
    op.create_table(
        "rulebook_acceptance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rulebook_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("accepted_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"], ["principal.id"], name=op.f("fk_rulebook_acceptance_accepted_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["network_member.id"], name=op.f("fk_rulebook_acceptance_member_id_network_member")
        ),
        sa.ForeignKeyConstraint(
            ["rulebook_id"], ["rulebook.id"], name=op.f("fk_rulebook_acceptance_rulebook_id_rulebook")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook_acceptance")),
        sa.UniqueConstraint("rulebook_id", "member_id", name=op.f("uq_rulebook_acceptance_rulebook_id_member_id")),
    )
    op.create_index(op.f("ix_rulebook_acceptance_member_id"), "rulebook_acceptance", ["member_id"], unique=False)
    op.create_table(
        "application_applicant",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_applicant_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_application_applicant_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("application_id", "organisation_id", name=op.f("pk_application_applicant")),
    )
    op.create_index(
        op.f("ix_application_applicant_organisation_id"), "application_applicant", ["organisation_id"], unique=False
    )
    op.create_table(
        "application_authority",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_authority_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organisation.id"], name=op.f("fk_application_authority_authority_id_organisation")
        ),
        sa.PrimaryKeyConstraint("application_id", "authority_id", name=op.f("pk_application_authority")),
    )
    op.create_index(
        op.f("ix_application_authority_authority_id"), "application_authority", ["authority_id"], unique=False
    )
    op.create_table(
        "application_need",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_need_application_id_application")
        ),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_application_need_need_id_need")),
        sa.PrimaryKeyConstraint("application_id", "need_id", name=op.f("pk_application_need")),
    )
    op.create_index(op.f("ix_application_need_need_id"), "application_need", ["need_id"], unique=False)
    op.create_table(
        "application_network",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_network_application_id_application")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_application_network_network_id_network")),
        sa.PrimaryKeyConstraint("application_id", "network_id", name=op.f("pk_application_network")),
    )
    op.create_index(op.f("ix_application_network_network_id"), "application_network", ["network_id"], unique=False)
    op.create_table(
        "application_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("private", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_for_organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_application_version_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["principal.id"], name=op.f("fk_application_version_submitted_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_for_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_application_version_submitted_for_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_version")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_application_version_application_id_number")),
    )
    op.create_table(
        "handling",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            text_enum(
                "handling_state",
                "received",
                "in_review",
                "returned",
                "in_ballot",
                "endorsed",
                "declined",
                "stated",
                "lapsed",
                "withdrawn",
            ),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handle_by", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id", "version_number"],
            ["application_version.application_id", "application_version.number"],
            name=op.f("fk_handling_application_id_version_number_application_version"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_handling_application_id_application")
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_handling_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling")),
        sa.UniqueConstraint("application_id", "network_id", name=op.f("uq_handling_application_id_network_id")),
        sa.UniqueConstraint("id", "application_id", "network_id", name="uq_handling_mark"),
    )
    op.create_index("ix_handling_network", "handling", ["network_id", "state", "received_at", "id"], unique=False)
    op.create_index("ix_handling_received", "handling", ["received_at", "id"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handling_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("rule", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("state", text_enum("ballot_state", "open", "closed", "annulled"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("annulled_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["handling_id"], ["handling.id"], name=op.f("fk_ballot_handling_id_handling")),
        sa.ForeignKeyConstraint(["rulebook_id"], ["rulebook.id"], name=op.f("fk_ballot_rulebook_id_rulebook")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
    )
    op.create_index(
        "ix_ballot_closes", "ballot", ["closes_at"], unique=False, postgresql_where=sa.text("state = 'open'")
    )
    op.create_index("ix_ballot_handling", "ballot", ["handling_id", "opened_at"], unique=False)
    op.create_index(
        "uq_ballot_open", "ballot", ["handling_id"], unique=True, postgresql_where=sa.text("state = 'open'")
    )
    op.create_table(
        "endorsement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("handling_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("conditions", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("state", text_enum("endorsement_state", "valid", "superseded", "revoked"), nullable=False),
        sa.Column(
            "in_force",
            sa.Boolean(),
            sa.Computed("case when state = 'valid' then true end", persisted=True),
            nullable=True,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column("superseded_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("digest = sha256(snapshot)", name=op.f("ck_endorsement_digest")),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_endorsement_validity")),
        sa.ForeignKeyConstraint(
            ["application_id", "version_number"],
            ["application_version.application_id", "application_version.number"],
            name=op.f("fk_endorsement_application_id_version_number_application_version"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_endorsement_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["handling_id", "application_id", "network_id"],
            ["handling.id", "handling.application_id", "handling.network_id"],
            name="fk_endorsement_handling",
        ),
        sa.ForeignKeyConstraint(["handling_id"], ["handling.id"], name=op.f("fk_endorsement_handling_id_handling")),
        sa.ForeignKeyConstraint(["kid"], ["signing_key.kid"], name=op.f("fk_endorsement_kid_signing_key")),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_endorsement_network_id_network")),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["endorsement.id"], name=op.f("fk_endorsement_superseded_by_id_endorsement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
        sa.UniqueConstraint("handling_id", "in_force", name="uq_endorsement_in_force"),
        sa.UniqueConstraint(
            "id", "application_id", "version_number", "network_id", "in_force", name="uq_endorsement_gate"
        ),
        sa.UniqueConstraint("number", name=op.f("uq_endorsement_number")),
        sa.UniqueConstraint("status_index", name=op.f("uq_endorsement_status_index")),
    )
    op.create_index(op.f("ix_endorsement_application_id"), "endorsement", ["application_id"], unique=False)
    op.create_index(op.f("ix_endorsement_handling_id"), "endorsement", ["handling_id"], unique=False)
    op.create_index("ix_endorsement_issued", "endorsement", ["issued_at", "id"], unique=False)
    op.create_index("ix_endorsement_network", "endorsement", ["network_id", "issued_at", "id"], unique=False)
    op.create_table(
        "handling_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handling_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handling_id"], ["handling.id"], name=op.f("fk_handling_reading_handling_id_handling")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_handling_reading_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["principal.id"], name=op.f("fk_handling_reading_recorded_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling_reading")),
    )
    op.create_index(op.f("ix_handling_reading_handling_id"), "handling_reading", ["handling_id"], unique=False)
    op.create_table(
        "recorded_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handling_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("endorses", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("conditions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("present_member_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("stood_aside_member_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "confirmed_by is null or confirmed_by <> recorded_by", name=op.f("ck_recorded_decision_second_person")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["principal.id"], name=op.f("fk_recorded_decision_confirmed_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["handling_id"], ["handling.id"], name=op.f("fk_recorded_decision_handling_id_handling")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_recorded_decision_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["principal.id"], name=op.f("fk_recorded_decision_recorded_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recorded_decision")),
    )
    op.create_index(op.f("ix_recorded_decision_meeting_id"), "recorded_decision", ["meeting_id"], unique=False)
    op.create_index(
        "uq_recorded_decision_pending",
        "recorded_decision",
        ["handling_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at is null"),
    )
    op.create_table(
        "ballot_elector",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_elector_ballot_id_ballot")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["network_member.id"], name=op.f("fk_ballot_elector_member_id_network_member")
        ),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name=op.f("pk_ballot_elector")),
    )
    op.create_table(
        "filing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("funder_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            text_enum(
                "filing_state",
                "planned",
                "filed",
                "granted",
                "refused",
                "withdrawn",
                "plan_changed",
                "reported",
                "closed",
            ),
            nullable=False,
        ),
        sa.Column("version_number", sa.Integer(), nullable=True),
        sa.Column("endorsement_id", sa.Uuid(), nullable=True),
        sa.Column("sent_attachment_id", sa.Uuid(), nullable=True),
        sa.Column("differences", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("applied_cents", sa.BigInteger(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted_cents", sa.BigInteger(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("plan_change", sa.Text(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("recovered_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state = 'planned' or filed_on is not null or state = 'withdrawn'", name=op.f("ck_filing_filed")
        ),
        sa.CheckConstraint("granted_cents is null or granted_cents >= 0", name=op.f("ck_filing_granted")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_filing_application_id_application")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["funding_call.id"], name=op.f("fk_filing_call_id_funding_call")),
        sa.ForeignKeyConstraint(
            ["endorsement_id"], ["endorsement.id"], name=op.f("fk_filing_endorsement_id_endorsement")
        ),
        sa.ForeignKeyConstraint(["funder_id"], ["organisation.id"], name=op.f("fk_filing_funder_id_organisation")),
        sa.ForeignKeyConstraint(
            ["sent_attachment_id"], ["attachment.id"], name=op.f("fk_filing_sent_attachment_id_attachment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing")),
    )
    op.create_index("ix_filing_application", "filing", ["application_id", "created_at", "id"], unique=False)
    op.create_index("ix_filing_funder", "filing", ["funder_id", "created_at", "id"], unique=False)
    op.create_table(
        "partner_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column(
            "state",
            text_enum(
                "partner_request_state",
                "arrived",
                "referred",
                "in_preparation",
                "supplement_asked",
                "decided",
                "withdrawn",
            ),
            nullable=False,
        ),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asks_mark", sa.Boolean(), nullable=False),
        sa.Column("network_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("endorsement_id", sa.Uuid(), nullable=True),
        sa.Column("endorsement_network_id", sa.Uuid(), nullable=True),
        sa.Column(
            "gated",
            sa.Boolean(),
            sa.Computed(
                "case when asks_mark and state in ('in_preparation', 'supplement_asked', 'decided') then true end",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column("asks", sa.Text(), nullable=True),
        sa.Column("supplements", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column(
            "outcome",
            text_enum("partner_outcome", "statement", "letter_of_intent", "commitment", "none"),
            nullable=True,
        ),
        sa.Column("contributions", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("decided_by_body", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_section", sa.Text(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state <> 'decided' or (outcome is not null and decided_on is not null)",
            name=op.f("ck_partner_request_decision"),
        ),
        sa.CheckConstraint(
            "gated is null or (endorsement_id is not null and endorsement_network_id is not null and endorsement_network_id = any(network_ids))",
            name=op.f("ck_partner_request_gate"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id", "version_number"],
            ["application_version.application_id", "application_version.number"],
            name=op.f("fk_partner_request_application_id_version_number_application_version"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_partner_request_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organisation.id"], name=op.f("fk_partner_request_authority_id_organisation")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["principal.id"], name=op.f("fk_partner_request_decided_by_principal")),
        sa.ForeignKeyConstraint(
            ["endorsement_id", "application_id", "version_number", "endorsement_network_id", "gated"],
            [
                "endorsement.id",
                "endorsement.application_id",
                "endorsement.version_number",
                "endorsement.network_id",
                "endorsement.in_force",
            ],
            name="fk_partner_request_gate",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["endorsement_id"], ["endorsement.id"], name=op.f("fk_partner_request_endorsement_id_endorsement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_request")),
        sa.UniqueConstraint(
            "application_id", "authority_id", name=op.f("uq_partner_request_application_id_authority_id")
        ),
        sa.UniqueConstraint("authority_id", "case_number", name=op.f("uq_partner_request_authority_id_case_number")),
    )
    op.create_index("ix_partner_request_arrived", "partner_request", ["arrived_at", "id"], unique=False)
    op.create_index("ix_partner_request_endorsement", "partner_request", ["endorsement_id"], unique=False)
    op.create_index(
        "ix_partner_request_inbox", "partner_request", ["authority_id", "state", "arrived_at", "id"], unique=False
    )
    op.create_table(
        "recusal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("own_application", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("declared_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_recusal_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["declared_by"], ["principal.id"], name=op.f("fk_recusal_declared_by_principal")),
        sa.ForeignKeyConstraint(["member_id"], ["network_member.id"], name=op.f("fk_recusal_member_id_network_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
        sa.UniqueConstraint("ballot_id", "member_id", name=op.f("uq_recusal_ballot_id_member_id")),
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("choice", text_enum("choice", "for", "for_with_conditions", "against", "blank"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("condition_answer", sa.Text(), nullable=True),
        sa.Column("condition_taken", sa.Boolean(), nullable=True),
        sa.Column("cast_by", sa.Uuid(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(choice = 'for_with_conditions') = (condition is not null)", name=op.f("ck_vote_condition")
        ),
        sa.CheckConstraint("choice <> 'against' or reason is not null", name=op.f("ck_vote_reason")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_vote_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["cast_by"], ["principal.id"], name=op.f("fk_vote_cast_by_principal")),
        sa.ForeignKeyConstraint(["member_id"], ["network_member.id"], name=op.f("fk_vote_member_id_network_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
        sa.UniqueConstraint("ballot_id", "member_id", name=op.f("uq_vote_ballot_id_member_id")),
    )
    op.create_table(
        "former_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partner_request_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            text_enum("partner_outcome", "statement", "letter_of_intent", "commitment", "none"),
            nullable=False,
        ),
        sa.Column("contributions", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("decided_by_body", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decision_section", sa.Text(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["principal.id"], name=op.f("fk_former_decision_decided_by_principal")),
        sa.ForeignKeyConstraint(
            ["partner_request_id"],
            ["partner_request.id"],
            name=op.f("fk_former_decision_partner_request_id_partner_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_decision")),
    )
    op.create_index(
        op.f("ix_former_decision_partner_request_id"), "former_decision", ["partner_request_id"], unique=False
    )


def _drop_tables() -> None:
    op.drop_index(op.f("ix_former_decision_partner_request_id"), table_name="former_decision")
    op.drop_table("former_decision")
    op.drop_table("vote")
    op.drop_table("recusal")
    op.drop_index("ix_partner_request_inbox", table_name="partner_request")
    op.drop_index("ix_partner_request_endorsement", table_name="partner_request")
    op.drop_index("ix_partner_request_arrived", table_name="partner_request")
    op.drop_table("partner_request")
    op.drop_index("ix_filing_funder", table_name="filing")
    op.drop_index("ix_filing_application", table_name="filing")
    op.drop_table("filing")
    op.drop_table("ballot_elector")
    op.drop_index(
        "uq_recorded_decision_pending", table_name="recorded_decision", postgresql_where=sa.text("confirmed_at is null")
    )
    op.drop_index(op.f("ix_recorded_decision_meeting_id"), table_name="recorded_decision")
    op.drop_table("recorded_decision")
    op.drop_index(op.f("ix_handling_reading_handling_id"), table_name="handling_reading")
    op.drop_table("handling_reading")
    op.drop_index("ix_endorsement_network", table_name="endorsement")
    op.drop_index("ix_endorsement_issued", table_name="endorsement")
    op.drop_index(op.f("ix_endorsement_handling_id"), table_name="endorsement")
    op.drop_index(op.f("ix_endorsement_application_id"), table_name="endorsement")
    op.drop_table("endorsement")
    op.drop_index("uq_ballot_open", table_name="ballot", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("ix_ballot_handling", table_name="ballot")
    op.drop_index("ix_ballot_closes", table_name="ballot", postgresql_where=sa.text("state = 'open'"))
    op.drop_table("ballot")
    op.drop_index("ix_handling_received", table_name="handling")
    op.drop_index("ix_handling_network", table_name="handling")
    op.drop_table("handling")
    op.drop_table("application_version")
    op.drop_index(op.f("ix_application_network_network_id"), table_name="application_network")
    op.drop_table("application_network")
    op.drop_index(op.f("ix_application_need_need_id"), table_name="application_need")
    op.drop_table("application_need")
    op.drop_index(op.f("ix_application_authority_authority_id"), table_name="application_authority")
    op.drop_table("application_authority")
    op.drop_index(op.f("ix_application_applicant_organisation_id"), table_name="application_applicant")
    op.drop_table("application_applicant")
    op.drop_index(op.f("ix_rulebook_acceptance_member_id"), table_name="rulebook_acceptance")
    op.drop_table("rulebook_acceptance")
    op.drop_index(op.f("ix_meeting_attendance_member_id"), table_name="meeting_attendance")
    op.drop_table("meeting_attendance")
    op.drop_index("ix_application_state", table_name="application")
    op.drop_index("ix_application_created", table_name="application")
    op.drop_index(op.f("ix_application_continues_id"), table_name="application")
    op.drop_index(op.f("ix_application_call_id"), table_name="application")
    op.drop_index("ix_application_applicant", table_name="application")
    op.drop_table("application")
    op.drop_index(op.f("ix_seat_principal_id"), table_name="seat")
    op.drop_index(op.f("ix_seat_network_id"), table_name="seat")
    op.drop_table("seat")
    op.drop_table("organisation_version")
    op.drop_index(op.f("ix_organisation_relation_other_id"), table_name="organisation_relation")
    op.drop_table("organisation_relation")
    op.drop_index(op.f("ix_network_member_organisation_id"), table_name="network_member")
    op.drop_table("network_member")
    op.drop_index(op.f("ix_network_authority_organisation_id"), table_name="network_authority")
    op.drop_table("network_authority")
    op.drop_index("ix_need_sort", table_name="need")
    op.drop_index("ix_need_search_words", table_name="need", postgresql_using="gin")
    op.drop_index("ix_need_network", table_name="need")
    op.drop_index(op.f("ix_need_municipality_code"), table_name="need")
    op.drop_index("ix_need_created", table_name="need")
    op.drop_index(op.f("ix_need_area_id"), table_name="need")
    op.drop_table("need")
    op.drop_index("ix_gate_policy_authority", table_name="gate_policy")
    op.drop_table("gate_policy")
    op.drop_index(op.f("ix_funding_call_funder_id"), table_name="funding_call")
    op.drop_index("ix_funding_call_created", table_name="funding_call")
    op.drop_index("ix_funding_call_closes", table_name="funding_call")
    op.drop_table("funding_call")
    op.drop_table("external_id")
    op.drop_index(op.f("ix_contact_organisation_id"), table_name="contact")
    op.drop_table("contact")
    op.drop_table("case_counter")
    op.drop_index(op.f("ix_affiliation_organisation_id"), table_name="affiliation")
    op.drop_table("affiliation")
    op.drop_index(op.f("ix_refresh_token_user_id"), table_name="refresh_token")
    op.drop_index("ix_refresh_token_family", table_name="refresh_token")
    op.drop_table("refresh_token")
    op.drop_index("ix_organisation_sort", table_name="organisation")
    op.drop_index("ix_organisation_sector_sort", table_name="organisation")
    op.drop_index("ix_organisation_search_words", table_name="organisation", postgresql_using="gin")
    op.drop_index(
        "ix_organisation_search_trigram",
        table_name="organisation",
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
    op.drop_index("ix_organisation_municipalities", table_name="organisation", postgresql_using="gin")
    op.drop_index(op.f("ix_organisation_home_municipality_code"), table_name="organisation")
    op.drop_index("ix_organisation_created", table_name="organisation")
    op.drop_table("organisation")
    op.drop_index(op.f("ix_mailed_link_user_id"), table_name="mailed_link")
    op.drop_table("mailed_link")
    op.drop_index(op.f("ix_area_municipality_code"), table_name="area")
    op.drop_table("area")
    op.drop_index("ix_agenda_item_subject", table_name="agenda_item")
    op.drop_table("agenda_item")
    op.drop_index(op.f("ix_service_account_organisation_id"), table_name="service_account")
    op.drop_table("service_account")
    op.drop_index("uq_rulebook_in_force", table_name="rulebook", postgresql_where=sa.text("state = 'in_force'"))
    op.drop_table("rulebook")
    op.drop_index("uq_role_grant_all", table_name="role_grant", postgresql_nulls_not_distinct=True)
    op.drop_index("ix_role_grant_scope", table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index("ix_point_to_mend_subject", table_name="point_to_mend")
    op.drop_table("point_to_mend")
    op.drop_index(op.f("ix_municipality_wellbeing_county_code"), table_name="municipality")
    op.drop_index(op.f("ix_municipality_sort_key"), table_name="municipality")
    op.drop_index(op.f("ix_municipality_region_code"), table_name="municipality")
    op.drop_table("municipality")
    op.drop_index("ix_meeting_network", table_name="meeting")
    op.drop_table("meeting")
    op.drop_table("endorsement_counter")
    op.drop_index("ix_comment_subject", table_name="comment")
    op.drop_index(op.f("ix_comment_author_id"), table_name="comment")
    op.drop_table("comment")
    op.drop_index(op.f("ix_break_glass_operator_id"), table_name="break_glass")
    op.drop_table("break_glass")
    op.drop_index("ix_attachment_subject", table_name="attachment")
    op.drop_table("attachment")
    op.drop_table("app_user")
    op.drop_table("wellbeing_county")
    op.drop_index("uq_signing_key_current", table_name="signing_key", postgresql_where=sa.text("retired_at is null"))
    op.drop_table("signing_key")
    op.drop_table("region")
    op.drop_index(op.f("ix_rate_limit_window_starts_at"), table_name="rate_limit")
    op.drop_table("rate_limit")
    op.drop_table("principal")
    op.drop_index("ix_network_sort", table_name="network")
    op.drop_index("ix_network_search_words", table_name="network", postgresql_using="gin")
    op.drop_index("ix_network_municipalities", table_name="network", postgresql_using="gin")
    op.drop_index("ix_network_created", table_name="network")
    op.drop_table("network")
    op.drop_table("mail_outbox")
    op.drop_index(op.f("ix_idempotency_record_created_at"), table_name="idempotency_record")
    op.drop_table("idempotency_record")
    op.drop_table("event_sequence")
    op.drop_table("event_position")
    op.drop_index("ix_event_xid", table_name="event")
    op.drop_index("ix_event_subject", table_name="event")
    op.drop_index("ix_event_related", table_name="event", postgresql_using="gin")
    op.drop_table("event")
    op.drop_table("classification")
    op.execute(sa.schema.DropSequence(sa.Sequence("endorsement_status_index")))
