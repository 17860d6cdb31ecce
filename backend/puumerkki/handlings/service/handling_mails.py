"""Mail about a handling: to who may act in an organisation, else to its own contacts."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.queries.frozen import title_at
from puumerkki.applications.service.applicant_mails import readers_of, send
from puumerkki.handlings.errors.ballots import NobodyToTell
from puumerkki.handlings.models.annulments import BallotAnnulment
from puumerkki.handlings.models.handlings import Ballot, Handling
from puumerkki.handlings.models.votes import Vote
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.networks.models.networks import Network, NetworkMember
from puumerkki.organisations import mailboxes


async def tell_vote_removed(
    session: AsyncSession,
    handling: Handling,
    ballot: Ballot,
    member: NetworkMember,
    *,
    aside: bool,
    because: str = "tie",
) -> None:
    """A member hears that its vote was removed, never what it was. `aside`: it takes no part in the ballot.

    `because`: of a tie of whoever gave it, what is near about the member (`Interests.bar`), or, of a recorded one,
    since a member that votes `together` with it voted itself.
    """
    network = await session.get_one(Network, handling.network_id)
    for reader in await readers_of(session, member.organisation_id, (P.memberships_manage,), "fi"):
        await send(
            session,
            reader,
            "puumerkki.handlings",
            "vote_removed",
            member.organisation_id,
            path=f"handlings/{handling.id}",
            envelope=_envelope(handling, mail.Reason.member),
            network=display_name(network.names, reader.language),
            closes=written_day(clock.last_day(ballot.closes_at), reader.language),
            running=clock.now() < ballot.closes_at,
            aside=aside,
            because=because,
        )


async def tell_condition_refused(session: AsyncSession, handling: Handling, vote: Vote) -> None:
    """A member hears that its condition was left out, and that its vote is blank unless it says that it stands."""
    member = await session.get_one(NetworkMember, vote.member_id)
    network = await session.get_one(Network, handling.network_id)
    for box in await mailboxes.of_representatives(session, network.id, member.organisation_id):
        await send(
            session,
            box,
            "puumerkki.handlings",
            "condition_refused",
            member.organisation_id,
            path=f"handlings/{handling.id}",
            envelope=_envelope(handling, mail.Reason.member),
            network=display_name(network.names, box.language),
            title=await title_at(session, handling.application_id, handling.version_number),
        )


async def tell_vote_recorded(session: AsyncSession, handling: Handling, vote: Vote) -> None:
    """A member hears at once that a vote was written down for it, and that it may vote itself instead.

    NobodyToTell where it has neither a representative nor a contact.
    """
    member = await session.get_one(NetworkMember, vote.member_id)
    network = await session.get_one(Network, handling.network_id)
    readers = await mailboxes.of_member(session, member.network_id, member.organisation_id)
    if not readers:
        raise NobodyToTell()
    for reader in readers:
        await send(
            session,
            reader,
            "puumerkki.handlings",
            "vote_recorded",
            member.organisation_id,
            path=f"handlings/{handling.id}",
            envelope=_envelope(handling, mail.Reason.member),
            network=display_name(network.names, reader.language),
            title=await title_at(session, handling.application_id, handling.version_number),
        )


async def tell_agreed(
    session: AsyncSession, handling: Handling, network: Network, members: Collection[NetworkMember]
) -> None:
    """Members hear that a statement says that they agreed on it."""
    for member in members:
        for reader in await mailboxes.of_member(session, member.network_id, member.organisation_id):
            await send(
                session,
                reader,
                "puumerkki.handlings",
                "statement_agreed",
                member.organisation_id,
                path=f"handlings/{handling.id}",
                envelope=_envelope(handling, mail.Reason.member),
                network=display_name(network.names, reader.language),
                title=await title_at(session, handling.application_id, handling.version_number),
            )


async def ask_to_confirm_recorded(session: AsyncSession, handling: Handling, ballot: Ballot) -> None:
    """Second persons are asked whether the recorded votes were given so."""
    await _ask(session, handling, "recorded_votes", ballot.recorded_asked_ids)


async def ask_to_annul(session: AsyncSession, handling: Handling, proposed: BallotAnnulment) -> None:
    """Second persons are asked whether something was wrong in the ballot."""
    await _ask(session, handling, "annulment", proposed.asked_ids)


async def _ask(
    session: AsyncSession,
    handling: Handling,
    template: str,
    asked_ids: Iterable[UUID],
) -> None:
    network = await session.get_one(Network, handling.network_id)
    title = await title_at(session, handling.application_id, handling.version_number)
    for box in await mailboxes.of_people(session, asked_ids):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.handlings",
            template=template,
            language=box.language,
            envelope=_envelope(handling, mail.Reason.second_person),
            about=f"{template} {handling.id}",
            name=box.name,
            network=display_name(network.names, box.language),
            title=title,
            link=mail.link(box.language, f"handlings/{handling.id}"),
        )


async def tell_ballot_asked(session: AsyncSession, handling: Handling, network: Network) -> None:
    """Who leads the network hears that the applicant asked for a ballot, and when it opens by itself.

    Where none opens: that a returned version is to be handled as it is.
    """
    opens = handling.ballot_opens_at
    title = await title_at(session, handling.application_id, handling.version_number)
    for box in await mailboxes.of_holders(session, P.handlings_lead, [network.id]):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.handlings",
            template="ballot_asked",
            language=box.language,
            envelope=_envelope(handling, mail.Reason.network),
            name=box.name,
            network=display_name(network.names, box.language),
            title=title,
            opens=written_day(clock.last_day(opens), box.language) if opens else "",
            link=mail.link(box.language, f"handlings/{handling.id}"),
        )


def _envelope(handling: Handling, why: mail.Reason) -> mail.Envelope:
    return mail.Envelope(reason=why, root=f"application {handling.application_id}")
