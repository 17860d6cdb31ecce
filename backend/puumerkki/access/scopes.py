"""The scopes in which whoever reads has a permission, gathered once in a statement and read each time it runs."""

from functools import cache
from typing import Any

from sqlalchemy import CTE, and_

from puumerkki.access.actor import Caller, granted, scopes_held
from puumerkki.access.permissions import P
from puumerkki.kernel.reads.listings import AccessPath


@cache
def held(permission: P) -> CTE:
    """The ids as `held.c.scope_id`; for statements that are always given `Caller.params`."""
    return scopes_held(permission).cte(f"held_{permission.name}").prefix_with("MATERIALIZED")


def by_scope(
    permission: P,
    caller: Caller,
    *,
    at: Any,
    also: Any = None,
    key: Any = None,
    on: Any = None,
) -> AccessPath:
    """The path by a permission on what the column `at` names, where `also` holds; else see `AccessPath`."""
    further = () if also is None else (also,)
    return AccessPath(
        and_(granted(permission, on=at, caller=caller), *further),
        key=key,
        on=on,
        scopes=held(permission),
        within=lambda scope_id: and_(at == scope_id, *further),
    )
