"""Removes votes of people tied to an applicant, and recuses members that only tied people represent.

So do members that have come to be tied themselves (as hosts, as successors), with what was written down for them.

It is looked at when a tie arises, and again under the lock at the count. What a vote was is told to nobody.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, literal, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col
from sqlmodel import select as model_select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import REPRESENTATIVES
from puumerkki.applications.queries.applicants import applicants_for_ties, tied_applicants
from puumerkki.disqualification.queries.tied import is_tied_sql, unrepresented
from puumerkki.handlings.events.ballots import MemberRecused, RecusalWithdrawn, VoteRemoved
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.service import handling_mails
from puumerkki.identity.events import RoleGranted
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.reads.statements import Core, Statement, param
from puumerkki.kernel.subjects import Ref
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.organisations.events.organisations import (
    AffiliationDeclared,
    RelationAccepted,
    RelationAdded,
    RolesChanged,
)
from puumerkki.organisations.events.successions import OrganisationSucceeded
from puumerkki.organisations.models.organisations import RelationKind


def _itself_tied(member_id: Any) -> ColumnElement[bool]:
    """SQL: the member's organisation is one whose people are tied."""
    own = aliased(NetworkMember)
    applicants = applicants_for_ties(param("application", Uuid()))
    return exists().where(col(own.id) == member_id, col(own.organisation_id).in_(applicants)).correlate_except(own)


def _removal() -> Core:
    # a vote that was written down for a member is the member's: whoever wrote it down was not tied then
    tied = is_tied_sql(col(Vote.cast_by), param("application", Uuid()), param("network", Uuid()))
    by_tied = and_(col(Vote.recorded).is_(False), tied)
    return (
        delete(Vote)
        .where(col(Vote.ballot_id) == param("ballot", Uuid()), or_(by_tied, _itself_tied(col(Vote.member_id))))
        .returning(col(Vote.member_id))
    )


_REMOVE = Statement(_removal)
_NEAR = Statement(
    lambda: select(col(BallotElector.member_id)).where(
        col(BallotElector.ballot_id) == param("ballot", Uuid()),
        ~exists().where(
            col(Recusal.ballot_id) == col(BallotElector.ballot_id),
            col(Recusal.member_id) == col(BallotElector.member_id),
        ),
        _itself_tied(col(BallotElector.member_id)),
    )
)
_SILENT = Statement(
    lambda: select(col(BallotElector.member_id)).where(
        col(BallotElector.ballot_id) == param("ballot", Uuid()),
        *(
            ~exists().where(
                col(table.ballot_id) == col(BallotElector.ballot_id),
                col(table.member_id) == col(BallotElector.member_id),
            )
            for table in (Vote, Recusal)
        ),
    )
)


async def remove_tied_votes(session: AsyncSession, handling: Handling, ballot: Ballot) -> bool:
    """Remove votes of tied people and members, and recuse members that nobody untied represents.

    Hold the ballot's lock.

    Whether anything changed by it.
    """
    removed = await _REMOVE.fetch_all(
        session, ballot=ballot.id, application=handling.application_id, network=handling.network_id
    )
    silent = [id_ for (id_,) in await _SILENT.fetch_all(session, ballot=ballot.id)]
    aside = await unrepresented(session, handling.application_id, silent) if silent else frozenset()
    aside |= {id_ for (id_,) in await _NEAR.fetch_all(session, ballot=ballot.id, application=handling.application_id)}
    await recuse_tied(session, handling, ballot, aside)
    for (member_id,) in removed:
        told = VoteRemoved(
            subject=Ref("handling", handling.id),
            related=(handling.application_id,),
            ballot_id=ballot.id,
            member_id=member_id,
        )
        await publish(session, told, actor_id=None)
        member = await session.get_one(NetworkMember, member_id)
        await handling_mails.tell_vote_removed(session, handling, ballot, member, aside=member_id in aside)
    return bool(removed or aside)


async def readmit_untied_members(session: AsyncSession, handling: Handling, ballot: Ballot) -> None:
    """Readmit members that stood aside by themselves and have an untied representative now. Hold the ballot's lock.

    A member that is tied itself stays aside.
    """
    found = await session.exec(
        model_select(Recusal)
        .join(NetworkMember, col(NetworkMember.id) == col(Recusal.member_id))
        .where(
            col(Recusal.ballot_id) == ballot.id,
            col(Recusal.tied).is_(True),
            col(NetworkMember.organisation_id).not_in(await tied_applicants(session, handling.application_id)),
            exists().where(*_spoken_for(handling)).correlate(NetworkMember),
        )
    )
    aside = found.all()
    still = await unrepresented(session, handling.application_id, [one.member_id for one in aside])
    for one in aside:
        if one.member_id not in still:
            await session.delete(one)
            back = RecusalWithdrawn(
                subject=Ref("handling", handling.id),
                related=(handling.application_id,),
                ballot_id=ballot.id,
                member_id=one.member_id,
            )
            await publish(session, back, actor_id=None)
    await session.flush()


def _spoken_for(handling: Handling) -> list[ColumnElement[bool]]:
    """Conditions over `network_member`: somebody represents it."""
    return [
        col(RoleGrant.for_organisation_id) == col(NetworkMember.organisation_id),
        col(RoleGrant.scope_id) == handling.network_id,
        col(RoleGrant.role).in_(REPRESENTATIVES),
        or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
    ]


async def recuse_tied(session: AsyncSession, handling: Handling, ballot: Ballot, member_ids: frozenset[UUID]) -> None:
    """Recuse these members, since only tied people represent them."""
    session.add_all(Recusal(ballot_id=ballot.id, member_id=one, tied=True) for one in sorted(member_ids))
    for member_id in sorted(member_ids):
        recused = MemberRecused(
            subject=Ref("handling", handling.id),
            related=(handling.application_id,),
            ballot_id=ballot.id,
            member_id=member_id,
        )
        await publish(session, recused, actor_id=None)
    await session.flush()


async def after_role_granted(session: AsyncSession, event: RoleGranted) -> None:
    """A role was accepted."""
    await _after_tie(session, event.principal_id)


async def after_roles_changed(session: AsyncSession, event: RolesChanged) -> None:
    """An organisation gave a role."""
    if event.roles:
        await _after_tie(session, event.principal_id)


async def after_affiliation_declared(session: AsyncSession, event: AffiliationDeclared) -> None:
    """Somebody declared a tie."""
    await _after_tie(session, event.principal_id)


async def after_host_accepted(session: AsyncSession, event: RelationAccepted | RelationAdded) -> None:
    """An organisation answers for a group from now on."""
    if event.kind == RelationKind.host:
        hosts = literal(event.related[0], Uuid())
        await look_again(session, hosts.in_(applicants_for_ties(col(Handling.application_id))))


async def after_organisation_succeeded(session: AsyncSession, event: OrganisationSucceeded) -> None:
    """People of the successor are tied from now on: where its predecessor applies, it does."""
    successor = literal(event.successor_id, Uuid())
    await look_again(session, successor.in_(applicants_for_ties(col(Handling.application_id))))


async def _after_tie(session: AsyncSession, principal_id: UUID) -> None:
    """Check the open ballots in which somebody represents or represented a member and is tied now."""
    representative, vote = aliased(RoleGrant), aliased(Vote)
    represents = exists().where(
        col(representative.principal_id) == principal_id,
        col(representative.scope_id) == col(Handling.network_id),
        col(representative.role).in_(REPRESENTATIVES),
    )
    voted = exists().where(col(vote.ballot_id) == col(Ballot.id), col(vote.cast_by) == principal_id)
    by_now = is_tied_sql(principal_id, col(Handling.application_id), col(Handling.network_id))
    await look_again(session, or_(represents, voted), by_now)


async def look_again(session: AsyncSession, *conditions: ColumnElement[bool]) -> None:
    """Remove tied votes from those open ballots.

    A ballot in which somebody votes at this moment is left to the count, so that nobody waits here for voters.
    """
    statement = (
        model_select(Ballot, Handling)
        .join(Handling, col(Handling.id) == col(Ballot.handling_id))
        .where(
            and_(col(Ballot.state) == BallotState.open, col(Ballot.closes_at) > clock.now()),
            *conditions,
        )
        .order_by(col(Handling.application_id), col(Handling.id))
        .with_for_update(of=Ballot, skip_locked=True)
    )
    for ballot, handling in (await session.exec(statement)).all():
        await remove_tied_votes(session, handling, ballot)
