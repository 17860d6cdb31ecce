"""Scopes of service accounts by today's names; `partner_requests:register`, which nothing asked for, goes."""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

NAMES = (("threads:write", "discussions:write"), ("networks:speak", "networks:contribute"))


def upgrade() -> None:
    for former, now in NAMES:
        op.execute(f"update service_account set scopes = array_replace(scopes, '{former}', '{now}') where '{former}' = any(scopes)")
    op.execute("update service_account set scopes = array_remove(scopes, 'partner_requests:register') where 'partner_requests:register' = any(scopes)")


def downgrade() -> None:
    for former, now in NAMES:
        op.execute(f"update service_account set scopes = array_replace(scopes, '{now}', '{former}') where '{now}' = any(scopes)")
