"""Who is tied to whom, as SQL for the rooms whose cases it concerns."""

from typing import Any

from sqlalchemy import ColumnElement, Select, SelectBase, and_, any_, exists, func, or_, select, true, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.models import Tie, TieKind
from puumerkki.identity.models import ServiceAccount
from puumerkki.organisations.models.organisations import LegalForm, Organisation, OrganisationRelation, RelationKind


def tied(principal_id: Any, organisation_ids: SelectBase, since: Any, *, spared: Any = None) -> ColumnElement[bool]:
    """SQL: somebody had a tie to one of the organisations at some time since a moment, taken back or not.

    Whoever made a service account binds it too. `spared`: a condition over the tie under which it does not count.
    """
    tie, service = aliased(Tie), aliased(ServiceAccount)
    makers = (
        select(func.unnest(col(service.maker_ids))).where(col(service.id) == principal_id).correlate_except(service)
    )
    return (
        exists()
        .where(
            or_(col(tie.principal_id) == principal_id, col(tie.principal_id).in_(makers)),
            col(tie.organisation_id).in_(organisation_ids),
            or_(col(tie.until_at).is_(None), col(tie.until_at) >= since),
            true() if spared is None else ~spared(tie),
        )
        .correlate_except(tie)
    )


def deeds_of(principal_id: Any) -> SelectBase:
    """SQL: as whom somebody acts: themselves, and each service account that they made or gave a secret."""
    service = aliased(ServiceAccount)
    made = select(col(service.id)).where(principal_id == any_(col(service.maker_ids))).correlate_except(service)
    # a column is of the row around: left to itself, a part of a union reads its table anew, and names everybody
    return union_all(select(principal_id).correlate_except(service), made)


def own_post(tie: Any, organisation_id: Any) -> ColumnElement[bool]:
    """SQL over a tie: one's own post in an organisation, by a role or as declared."""
    return and_(col(tie.organisation_id) == organisation_id, col(tie.kind) != TieKind.family)


def hosts_of(organisation_ids: SelectBase, since: Any) -> Select[Any]:
    """SQL: who answered for the unregistered groups among some organisations at some time since a moment.

    Whoever has not accepted does not: no group makes others answer for it by its own word.
    """
    relation, group = aliased(OrganisationRelation), aliased(Organisation)
    return (
        select(col(relation.other_id))
        .join(group, col(group.id) == col(relation.organisation_id))
        .where(
            col(relation.kind) == RelationKind.host,
            col(relation.accepted_at).is_not(None),
            col(group.legal_form) == LegalForm.unregistered_group,
            col(relation.organisation_id).in_(organisation_ids),
            or_(col(relation.ends_on).is_(None), col(relation.ends_on) >= func.date(since)),
        )
        .correlate_except(relation, group)
    )
