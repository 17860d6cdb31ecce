"""Which members have not voted yet in a ballot, and for which of them nobody can vote."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, any_, exists
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.types import DateTime, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.kernel import clock
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries import turns
from puumerkki.organisations.models.organisations import Organisation


def together_voted() -> ColumnElement[bool]:
    """SQL over `ballot_elector`: a member with which it has one vote has voted."""
    other, vote = aliased(BallotElector), aliased(Vote)
    return exists().where(
        col(other.ballot_id) == col(BallotElector.ballot_id),
        col(other.bloc_id) == col(BallotElector.bloc_id),
        col(vote.ballot_id) == col(other.ballot_id),
        col(vote.member_id) == col(other.member_id),
    )


def together_with_applicant() -> ColumnElement[bool]:
    """SQL over `ballot_elector`: a member with which it has one vote applies, so that both stand aside."""
    other = aliased(BallotElector)
    return exists().where(
        col(other.ballot_id) == col(BallotElector.ballot_id),
        col(other.bloc_id) == col(BallotElector.bloc_id),
        col(Recusal.ballot_id) == col(other.ballot_id),
        col(Recusal.member_id) == col(other.member_id),
        col(Recusal.own_application),
    )


async def missing(session: AsyncSession, ballot_id: UUID) -> list[dict[str, Any]]:
    """The members of the base that have not voted yet, by name; how anybody voted is nowhere in it."""
    done: list[ColumnElement[bool]] = [
        exists().where(col(table.ballot_id) == ballot_id, col(table.member_id) == col(NetworkMember.id))
        for table in (Vote, Recusal)
    ]
    done += [together_voted(), together_with_applicant()]
    statement = (
        select(NetworkMember.id, Organisation.names)
        .join(BallotElector, col(BallotElector.member_id) == col(NetworkMember.id))
        .join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))
        .where(col(BallotElector.ballot_id) == ballot_id, *(~one for one in done))
        .order_by(col(Organisation.sort_key), col(NetworkMember.id))
    )
    return [{"member_id": id_, "organisation_names": names} for id_, names in (await session.exec(statement)).all()]


def _spoken_elsewhere() -> SelectBase:
    vote = aliased(Vote)
    return turns.spoken_elsewhere(
        vote,
        col(vote.ballot_id),
        param("ballot", Uuid()),
        members=col(NetworkMember.id) == any_(param("members", ARRAY(Uuid()))),
        now=param("now", DateTime(timezone=True)),
        own=col(vote.recorded).is_(False),
        kept_out=lambda person: is_tied_sql(person, param("application", Uuid()), col(NetworkMember.network_id)),
    )


_SPOKEN_ELSEWHERE = Statement(_spoken_elsewhere)


async def spoken_elsewhere(
    session: AsyncSession, *, application_id: UUID, ballot_id: UUID, member_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those of some members whose untied representatives have all voted for another member."""
    found = await _SPOKEN_ELSEWHERE.fetch_all(
        session, application=application_id, ballot=ballot_id, members=list(member_ids), now=clock.now()
    )
    return frozenset(id_ for (id_,) in found)
