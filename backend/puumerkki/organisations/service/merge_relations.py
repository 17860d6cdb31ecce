"""What an organisation that is merged belongs to, and whom it hosts: the one that remains does so, too."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.organisations.models.organisations import Organisation, OrganisationRelation
from puumerkki.organisations.service.relations import unfit


async def copy(session: AsyncSession, found: Organisation, into: Organisation) -> None:
    """Its own stay, since ties of frozen versions ask for them. Of what both have at one time, one remains.

    What the other one cannot have by its legal form is left out: a registered association has no host. So is what names
    one that was merged itself: the one in its place has that relation, too.
    """
    relation = OrganisationRelation
    ids = [found.id, into.id]
    rows = await session.exec(
        select(relation)
        .where(col(relation.organisation_id).in_(ids) | col(relation.other_id).in_(ids))
        .order_by(col(relation.starts_on), col(relation.id))
    )
    present = list(rows.all())
    for one in tuple(present):
        ends = [into.id if end == found.id else end for end in (one.organisation_id, one.other_id)]
        if ends[0] == ends[1] or found.id not in (one.organisation_id, one.other_id):
            continue
        kept = one.model_dump(exclude={"id", "created_at", "updated_at", "version", "organisation_id", "other_id"})
        made = relation(**kept, organisation_id=ends[0], other_id=ends[1])
        if any(_overlap(made, other) for other in present):
            continue
        first, other = [await session.get_one(Organisation, end) for end in ends]
        gone = first.merged_into_id is not None or other.merged_into_id is not None
        if not gone and unfit(made.kind, first, other) is None:
            session.add(made)
            present.append(made)
    await session.flush()


def _overlap(one: OrganisationRelation, other: OrganisationRelation) -> bool:
    """Whether both say the same of one day at least."""
    same = (one.organisation_id, one.other_id, one.kind) == (other.organisation_id, other.other_id, other.kind)
    return (
        same
        and (one.ends_on is None or other.starts_on <= one.ends_on)
        and (other.ends_on is None or one.starts_on <= other.ends_on)
    )
