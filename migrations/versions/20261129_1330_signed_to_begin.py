"""What all have signed and begins later is signed, not in force."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

FORMER = (
    "'draft', 'recorded', 'disputed', 'proposed', 'in_force', 'expiring', 'ended', 'renewed', 'terminated', 'cancelled'"
)
STATES = """
alter table agreement drop constraint ck_agreement_agreement_state, drop constraint ck_agreement_in_force,
    add constraint ck_agreement_agreement_state check (state in ({states})),
    add constraint ck_agreement_in_force
        check (state not in ({running}) or (version_in_force is not null and in_force_on is not null));
"""
UP = """
update agreement a set state = 'signed', in_force_on = greatest(a.in_force_on, v.starts_on)
from agreement_version v where a.state in ('in_force', 'expiring') and v.agreement_id = a.id
    and v.number = a.version_in_force and v.starts_on > (now() at time zone 'Europe/Helsinki')::date;
"""
DOWN = "update agreement set state = 'in_force' where state = 'signed'"


def upgrade() -> None:
    op.execute(STATES.format(states=f"{FORMER}, 'signed'", running="'signed', 'in_force', 'expiring'"))
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
    op.execute(STATES.format(states=FORMER, running="'in_force', 'expiring'"))
