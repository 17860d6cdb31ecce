"""Who stands in whose place, as SQL for the rooms whose cases it concerns."""

from typing import Any

from sqlalchemy import ColumnElement, Select, SelectBase, and_, column, exists, func, or_, select, true
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.organisations.models.archivings import OrganisationSuccession


def stands_for(successor_id: Any, former_id: Any) -> ColumnElement[bool]:
    """SQL: an organisation stands in the place of another now."""
    link = aliased(OrganisationSuccession)
    return (
        exists()
        .where(
            col(link.successor_id) == successor_id,
            col(link.predecessor_id) == former_id,
            col(link.until_at).is_(None),
        )
        .correlate_except(link)
    )


def with_kin(organisation_ids: SelectBase, since: Any) -> Select[Any]:
    """SQL: some organisations, those in whose place they stood at some time since a moment, and those in theirs.

    Whoever is tied to one of them is tied to all.
    """
    own, link = organisation_ids.subquery(), aliased(OrganisationSuccession)
    stood = and_(
        or_(col(link.predecessor_id) == own.c[0], col(link.successor_id) == own.c[0]),
        or_(col(link.until_at).is_(None), col(link.until_at) >= since),
    )
    kin = array([own.c[0], col(link.predecessor_id), col(link.successor_id)])
    each = func.unnest(func.array_remove(kin, None)).table_valued(column("id", Uuid()), name="kin").render_derived()
    return select(each.c.id).select_from(own.outerjoin(link, stood).join(each, true()))
