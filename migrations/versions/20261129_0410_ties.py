"""Who applies and who is tied: consent, the applicants of each version, ties from and until, roles that are offered."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TIES = """
insert into tie (id, created_at, principal_id, organisation_id, kind, from_at, grant_id)
select gen_random_uuid(), created_at, principal_id, coalesce(for_organisation_id, scope_id), 'role', created_at, id
from role_grant
where for_organisation_id is not null or (scope_kind = 'organisation' and role <> 'inspector')
union all
select gen_random_uuid(), min(created_at), principal_id, organisation_id, kind, min(created_at), null
from (
    select created_at, principal_id, organisation_id,
           case kind when 'close_family' then 'family' else 'declared' end as kind
    from affiliation
) declared
group by principal_id, organisation_id, kind
"""
APPLICANTS = """
insert into version_applicant (application_id, version_number, organisation_id, place, names, business_id, host_ids)
select named.application_id, named.number, named.organisation_id, named.place, o.names, o.business_id, array(
    select distinct r.other_id
    from organisation_relation r join application a on a.id = named.application_id
    where r.organisation_id = o.id and r.kind = 'host' and o.legal_form = 'unregistered_group'
      and (r.ends_on is null or r.ends_on >= date(a.created_at))
)
from (
    select v.application_id, v.number, a.applicant_id as organisation_id, 0 as place
    from application_version v join application a on a.id = v.application_id
    union all
    select v.application_id, v.number, further.id::uuid, further.place::int
    from application_version v,
         jsonb_array_elements_text(coalesce(v.content -> 'co_applicant_ids', '[]'::jsonb))
             with ordinality as further (id, place)
) named
join organisation o on o.id = named.organisation_id
on conflict do nothing
"""
CONSENT = """
update application_applicant set asked_at = a.created_at, answer = 'accepted', answered_at = a.created_at
from application a where a.id = application_applicant.application_id
"""
MAKERS = """
update service_account set maker_ids = array(
    select granted_by from role_grant where principal_id = service_account.id and granted_by is not null
    union
    select actor_id from event
    where subject_id = service_account.id and actor_id is not null
      and type in ('service_account.created', 'service_account.secret_rotated')
)
"""
KEPT = """
create function tie_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and exists (
        select from app_user where id = old.principal_id and email = replace(id::text, '-', '') || '@erased.invalid'
    ) then
        return old;
    end if;
    raise exception '% of % is not allowed: a tie is closed once, and kept', tg_op, tg_table_name
        using errcode = 'integrity_constraint_violation';
end $$
"""
ENDS_NOW = """
create function ends_now() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'tie' then
        new.until_at = greatest(new.until_at, clock_timestamp());
    else
        new.left_at = greatest(new.left_at, clock_timestamp());
    end if;
    return new;
end $$
"""
"""Whatever the application says, nothing ends earlier than it is ended: who was bound until now, was."""
OWN_TRANSACTION = """
create function version_applicant_of_now() returns trigger language plpgsql as $$
declare
    present constant bigint := pg_current_xact_id()::text::bigint;
    half constant bigint := 2147483648;
    made bigint;
begin
    -- a row's xmin has no epoch: the transaction nearest to the present one that has this number
    select present + (xmin::text::bigint - present % (2 * half) + 3 * half) % (2 * half) - half into made
    from application_version where application_id = new.application_id and number = new.version_number;
    -- what others have not committed is not seen, so that a visible version in progress is this transaction's own
    if pg_xact_status(made::text::xid8) is distinct from 'in progress' then
        raise exception 'version % has its applicants already: they come with the version', new.version_number
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$
"""
ERASED_FOR_GOOD = """
create trigger app_user_erased before update on app_user for each row
    when (old.email = replace(old.id::text, '-', '') || '@erased.invalid'
          and (new.id, new.email, new.state) is distinct from (old.id, old.email, old.state))
    execute function refuse_change()
"""
ROLES = (
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
)


def text_enum(name, *values):
    """An enum as text with a CHECK."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=60)


def upgrade() -> None:
    _ties()
    _offers()
    _version_applicants()
    _consent()
    _taken_out()
    _makers()
    op.add_column("recusal", sa.Column("tied", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("recusal", "tied", server_default=None)


def _ties() -> None:
    op.create_table(
        "tie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", text_enum("tie_kind", "role", "declared", "family"), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("grant_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("until_at >= from_at", name=op.f("ck_tie_days")),
        sa.ForeignKeyConstraint(["principal_id"], ["principal.id"], name=op.f("fk_tie_principal_id_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
    )
    op.create_index("ix_tie_principal_organisation", "tie", ["principal_id", "organisation_id"])
    op.create_index("ix_tie_grant", "tie", ["grant_id"])
    op.execute(TIES)
    op.execute(KEPT)
    op.execute("create trigger tie_kept before delete on tie for each row execute function tie_kept()")
    same = "principal_id, organisation_id, kind, from_at, grant_id".split(", ")
    changed = " or ".join(f"new.{one} is distinct from old.{one}" for one in same)
    op.execute(
        f"create trigger tie_frozen before update on tie for each row when ({changed}"
        " or (old.until_at is not null and new.until_at is distinct from old.until_at)) execute function tie_kept()"
    )
    op.execute(ENDS_NOW)
    op.execute(
        "create trigger tie_ends_now before insert or update of until_at on tie for each row"
        " when (new.until_at is not null) execute function ends_now()"
    )
    op.execute(ERASED_FOR_GOOD)
    op.execute("create trigger tie_no_truncate before truncate on tie for each statement execute function tie_kept()")


def _offers() -> None:
    op.create_table(
        "role_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("scope_kind", text_enum("scope_kind", "organisation", "network", "platform"), nullable=False),
        sa.Column("scope_id", sa.Uuid(), nullable=False),
        sa.Column("role", text_enum("role", *ROLES), nullable=False),
        sa.Column("for_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("offered_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["principal_id"], ["principal.id"], name=op.f("fk_role_offer_principal_id_principal")),
        sa.ForeignKeyConstraint(["offered_by"], ["principal.id"], name=op.f("fk_role_offer_offered_by_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_offer")),
    )
    op.create_index(
        "uq_role_offer_all",
        "role_offer",
        ["principal_id", "scope_kind", "scope_id", "role", "for_organisation_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_role_offer_organisation", "role_offer", ["organisation_id", "created_at", "id"])
    op.create_index("ix_role_offer_expires_at", "role_offer", ["expires_at"])


def _version_applicants() -> None:
    op.create_table(
        "version_applicant",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("names", postgresql.JSONB(none_as_null=True), nullable=False),
        sa.Column("business_id", sa.Text(), nullable=True),
        sa.Column("host_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id", "version_number"],
            ["application_version.application_id", "application_version.number"],
            name=op.f("fk_version_applicant_application_id_version_number_application_version"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_version_applicant_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("application_id", "version_number", "organisation_id", name=op.f("pk_version_applicant")),
        sa.UniqueConstraint(
            "application_id",
            "version_number",
            "place",
            name=op.f("uq_version_applicant_application_id_version_number_place"),
        ),
    )
    op.create_index(
        "ix_version_applicant_organisation", "version_applicant", ["organisation_id", "application_id"]
    )
    op.execute(APPLICANTS)
    frozen = "application_id, version_number, organisation_id, place, names, business_id, host_ids".split(", ")
    changed = " or ".join(f"new.{one} is distinct from old.{one}" for one in frozen)
    op.execute(
        "create trigger version_applicant_frozen before update on version_applicant for each row"
        f" when ({changed} or (old.left_at is not null and new.left_at is distinct from old.left_at))"
        " execute function refuse_change()"
    )
    op.execute(OWN_TRANSACTION)
    op.execute(
        "create trigger version_applicant_of_now before insert on version_applicant for each row"
        " execute function version_applicant_of_now()"
    )
    op.execute(
        "create trigger version_applicant_ends_now before insert or update of left_at on version_applicant"
        " for each row when (new.left_at is not null) execute function ends_now()"
    )
    op.execute(
        "create trigger version_applicant_kept before delete on version_applicant for each row"
        " execute function refuse_change()"
    )
    op.execute(
        "create trigger version_applicant_no_truncate before truncate on version_applicant for each statement"
        " execute function refuse_change()"
    )


def _consent() -> None:
    op.add_column("application_applicant", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("application_applicant", sa.Column("asked_by", sa.Uuid(), nullable=True))
    op.add_column("application_applicant", sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("application_applicant", "reminded", server_default=None)
    op.add_column(
        "application_applicant",
        sa.Column("answer", text_enum("applicant_answer", "accepted", "declined", "left"), nullable=True),
    )
    op.add_column("application_applicant", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("application_applicant", sa.Column("answered_by", sa.Uuid(), nullable=True))
    op.execute(CONSENT)
    op.alter_column("application_applicant", "asked_at", nullable=False)
    for column in ("asked_by", "answered_by"):
        op.create_foreign_key(
            op.f(f"fk_application_applicant_{column}_principal"),
            "application_applicant",
            "principal",
            [column],
            ["id"],
        )
    op.create_check_constraint(
        op.f("ck_application_applicant_answered"), "application_applicant", "(answer is null) = (answered_at is null)"
    )
    op.create_index(
        "ix_application_applicant_unanswered",
        "application_applicant",
        ["asked_at"],
        postgresql_where=sa.text("answer is null"),
    )


def _taken_out() -> None:
    op.create_table(
        "taken_out_applicant",
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("answer", text_enum("applicant_answer", "accepted", "declined", "left"), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("leading_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_taken_out_applicant_{column}_{table}"))
            for column, table in (
                ("asked_by", "principal"),
                ("answered_by", "principal"),
                ("organisation_id", "organisation"),
                ("leading_id", "organisation"),
            )
        ),
        sa.PrimaryKeyConstraint("application_id", "organisation_id", name=op.f("pk_taken_out_applicant")),
    )
    op.create_index(op.f("ix_taken_out_applicant_leading_id"), "taken_out_applicant", ["leading_id"])


def _makers() -> None:
    op.add_column(
        "service_account",
        sa.Column("maker_ids", postgresql.ARRAY(sa.Uuid()), nullable=False, server_default=sa.text("'{}'")),
    )
    op.alter_column("service_account", "maker_ids", server_default=None)
    op.execute(MAKERS)
    op.execute(
        "create trigger service_account_makers_kept before update on service_account for each row"
        " when (not new.maker_ids @> old.maker_ids) execute function refuse_change()"
    )


def downgrade() -> None:
    op.execute("drop trigger service_account_makers_kept on service_account")
    op.execute("drop trigger app_user_erased on app_user")
    op.drop_column("service_account", "maker_ids")
    op.drop_column("recusal", "tied")
    op.drop_index("ix_application_applicant_unanswered", table_name="application_applicant")
    op.drop_constraint(op.f("ck_application_applicant_answered"), "application_applicant", type_="check")
    for column in ("answered_by", "answered_at", "answer", "reminded", "asked_by", "asked_at"):
        op.drop_column("application_applicant", column)
    for table in ("taken_out_applicant", "version_applicant", "role_offer", "tie"):
        op.drop_table(table)
    for function in ("tie_kept", "ends_now", "version_applicant_of_now"):
        op.execute(f"drop function {function}()")
