"""Decides whose vote stands for a member: one person for one member, the representative before the deputy.

A vote of somebody who is the representative no longer is replaced by whoever speaks for the member now.
"""

from uuid import UUID

from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import Principal
from puumerkki.disqualification.queries.tied import is_tied, is_tied_sql
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.models.votes import Vote
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.errors.representatives import RepresentativeVoted, SpeaksForAnother
from puumerkki.networks.queries.turns import by_representative, require_not_outranked, voted_for_another

_BALLOT, _MEMBER, _PERSON = (param(name, Uuid()) for name in ("ballot", "member", "person"))
_ORGANISATION, _NETWORK = (param(name, Uuid()) for name in ("organisation", "network"))

# a person's votes wait for each other, so that two at once are not for two members
_LOCK = Statement(lambda: select(Principal.id).where(col(Principal.id) == _PERSON).with_for_update(key_share=True))
_OWN = col(Vote.recorded).is_(False)
_ELSEWHERE = Statement(
    lambda: select(Vote.member_id).where(
        *voted_for_another(Vote, col(Vote.ballot_id), _BALLOT, person=_PERSON, member=_MEMBER), _OWN
    )
)
_BY_REPRESENTATIVE = Statement(
    lambda: select(Vote.id).where(
        *by_representative(
            Vote,
            col(Vote.ballot_id),
            _BALLOT,
            person=_PERSON,
            member=_MEMBER,
            network=_NETWORK,
            organisation=_ORGANISATION,
        ),
        _OWN,
        ~is_tied_sql(col(Vote.cast_by), param("application", Uuid()), _NETWORK),
    )
)


async def require_turn(
    session: AsyncSession,
    *,
    ballot_id: UUID,
    member_id: UUID,
    network_id: UUID,
    application_id: UUID,
    organisation_id: UUID,
    principal_id: UUID,
) -> None:
    """Raise a Conflict where this person may not vote for the member. Hold the member's place in the electorate."""
    await _LOCK.fetch_one(session, person=principal_id)
    elsewhere = await _ELSEWHERE.fetch_one(session, ballot=ballot_id, person=principal_id, member=member_id)
    if elsewhere is not None:
        raise SpeaksForAnother(member_id=str(elsewhere[0]))
    before = await _BY_REPRESENTATIVE.fetch_one(
        session,
        ballot=ballot_id,
        member=member_id,
        network=network_id,
        application=application_id,
        organisation=organisation_id,
        person=principal_id,
    )
    if before is not None:
        raise RepresentativeVoted()


async def require_own_word(
    session: AsyncSession, handling: Handling, said_by: UUID, *, person: UUID, organisation_id: UUID
) -> None:
    """RepresentativeVoted where the member's representative, untied still, said it, and the person is a deputy."""
    if not await is_tied(session, said_by, handling.application_id, network_id=handling.network_id):
        await require_not_outranked(
            session, said_by, person=person, network_id=handling.network_id, organisation_id=organisation_id
        )
