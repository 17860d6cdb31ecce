"""Who made whose account, as SQL: by invitation, or through an account that they made."""

from sqlalchemy import CTE, SelectBase, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.models import RoleGrant
from puumerkki.identity.models import ServiceAccount, User


def made_by_each(firsts: SelectBase) -> CTE:
    """SQL: `first_id` is each of some people, `id` that person or an account that they made."""
    account, service, grant = aliased(User), aliased(ServiceAccount), aliased(RoleGrant)
    makers = union_all(
        select(col(account.id).label("id"), col(account.invited_by).label("maker_id")),
        select(col(grant.principal_id), col(grant.granted_by)).join(
            service, col(service.id) == col(grant.principal_id)
        ),
    ).subquery("makers")
    start = firsts.subquery("firsts")
    made = select(start.c[0].label("first_id"), start.c[0].label("id")).cte("made", recursive=True)
    return made.union(select(made.c.first_id, makers.c.id).join(made, makers.c.maker_id == made.c.id))


def made_by(firsts: SelectBase) -> SelectBase:
    """SQL: some people, and every account that they made."""
    return select(made_by_each(firsts).c.id)
