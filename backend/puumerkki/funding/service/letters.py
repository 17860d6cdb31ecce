"""Mail to those whom an application concerns: to who may act in an organisation, else to its own contacts."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.funding.errors.ballots import NobodyToTell
from puumerkki.funding.models import (
    ApplicantAnswer,
    Application,
    ApplicationVersion,
    Ballot,
    BallotAnnulment,
    Handling,
    Vote,
)
from puumerkki.funding.queries.applicants import ANSWERS
from puumerkki.funding.queries.frozen import title_at
from puumerkki.kernel import clock, mail
from puumerkki.kernel.text import display_name
from puumerkki.kernel.written import written_day
from puumerkki.networks.models import Network, NetworkMember
from puumerkki.networks.tally import Choice
from puumerkki.organisations import mailboxes
from puumerkki.organisations.asking import asking
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models import Organisation


async def write_to_asked(
    session: AsyncSession, application: Application, organisation_id: UUID, *, asked_by: UUID | None, again: bool
) -> bool:
    """An organisation is asked to apply together, or reminded of it; within the limits of a day (`asking`).

    Whether anybody was written to.
    """
    leading = await session.get_one(Organisation, application.applicant_id)
    readers = await _readers(session, organisation_id, ANSWERS, application.language)
    asks = await asking(session, [reader.email for reader in readers], asked_by=asked_by)
    for reader in readers:
        if reader.email not in asks.addresses:
            continue
        await _send(
            session,
            reader,
            "co_applicant_asked",
            organisation_id,
            path=f"applications/{application.id}",
            title=application.title,
            asked_by=asks.by,
            leading=display_name(leading.names, reader.language),
            again=again,
        )
    return bool(asks.addresses)


async def tell_answer(
    session: AsyncSession, application: Application, organisation_id: UUID, answer: ApplicantAnswer, *, named: bool
) -> None:
    """The leading applicant hears what an organisation answered. Not `named`: it was taken out before it agreed."""
    asked = await session.get_one(Organisation, organisation_id)
    readers = await _readers(session, application.applicant_id, (P.applications_submit,), application.language)
    for reader in readers:
        await _send(
            session,
            reader,
            "co_applicant_answered",
            application.applicant_id,
            path=f"applications/{application.id}",
            title=application.title,
            other=display_name(asked.names, reader.language),
            answer=answer.value,
            named=named,
            submitted=application.current_version is not None,
        )


async def tell_version(
    session: AsyncSession, application: Application, version: ApplicationVersion, organisation_ids: Iterable[UUID]
) -> None:
    """Co-applicants hear of each version that was submitted in their name too."""
    for organisation_id in organisation_ids:
        for reader in await _readers(session, organisation_id, (P.applications_write,), application.language):
            await _send(
                session,
                reader,
                "version_submitted",
                organisation_id,
                path=f"applications/{application.id}",
                title=version.title,
                number=version.number,
            )


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
    for reader in await _readers(session, member.organisation_id, (P.memberships_manage,), "fi"):
        await _send(
            session,
            reader,
            "vote_removed",
            member.organisation_id,
            path=f"handlings/{handling.id}",
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
    for box in await mailboxes.of_voices(session, network.id, member.organisation_id):
        await _send(
            session,
            box,
            "condition_refused",
            member.organisation_id,
            path=f"handlings/{handling.id}",
            network=display_name(network.names, box.language),
            title=await title_at(session, handling.application_id, handling.version_number),
            condition=vote.condition,
            answer=vote.condition_answer,
        )


async def tell_vote_recorded(session: AsyncSession, handling: Handling, vote: Vote) -> None:
    """A member hears at once that a vote was written down for it, and that it may vote itself instead.

    NobodyToTell where it has neither a voice nor a contact.
    """
    member = await session.get_one(NetworkMember, vote.member_id)
    network = await session.get_one(Network, handling.network_id)
    readers = await _voices(session, member)
    if not readers:
        raise NobodyToTell()
    for reader in readers:
        await _send(
            session,
            reader,
            "vote_recorded",
            member.organisation_id,
            path=f"handlings/{handling.id}",
            network=display_name(network.names, reader.language),
            title=await title_at(session, handling.application_id, handling.version_number),
            choice=Choice(vote.choice).value,
            given_by=vote.given_by,
            given_on=written_day(vote.given_on, reader.language) if vote.given_on else "",
        )


async def tell_agreed(
    session: AsyncSession, handling: Handling, network: Network, members: Collection[NetworkMember]
) -> None:
    """Members hear that a statement says that they agreed on it."""
    for member in members:
        for reader in await _voices(session, member):
            await _send(
                session,
                reader,
                "statement_agreed",
                member.organisation_id,
                path=f"handlings/{handling.id}",
                network=display_name(network.names, reader.language),
                title=await title_at(session, handling.application_id, handling.version_number),
            )


async def _voices(session: AsyncSession, member: NetworkMember) -> list[Mailbox]:
    """Who speaks for a member, else who manages its membership or its contacts."""
    voices = await mailboxes.of_voices(session, member.network_id, member.organisation_id)
    return voices or await _readers(session, member.organisation_id, (P.memberships_manage,), "fi")


async def ask_to_confirm_recorded(session: AsyncSession, handling: Handling, ballot: Ballot) -> None:
    """Second persons are asked whether the recorded votes were given so."""
    await _ask(session, handling, "recorded_votes", ballot.recorded_asked_ids)


async def ask_to_annul(session: AsyncSession, handling: Handling, proposed: BallotAnnulment) -> None:
    """Second persons are asked whether something was wrong in the ballot."""
    await _ask(session, handling, "annulment", proposed.asked_ids, reason=proposed.reason, fault=proposed.fault.value)


async def _ask(
    session: AsyncSession,
    handling: Handling,
    template: str,
    asked_ids: Iterable[UUID],
    *,
    reason: str = "",
    fault: str = "",
) -> None:
    network = await session.get_one(Network, handling.network_id)
    title = await title_at(session, handling.application_id, handling.version_number)
    for box in await mailboxes.of_people(session, asked_ids):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.funding",
            template=template,
            language=box.language,
            about=f"{template} {handling.id}",
            name=box.name,
            network=display_name(network.names, box.language),
            title=title,
            link=mail.link(box.language, f"handlings/{handling.id}"),
            reason=reason,
            fault=fault,
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
            package="puumerkki.funding",
            template="ballot_asked",
            language=box.language,
            name=box.name,
            network=display_name(network.names, box.language),
            title=title,
            opens=written_day(clock.last_day(opens), box.language) if opens else "",
            link=mail.link(box.language, f"handlings/{handling.id}"),
        )


async def _readers(
    session: AsyncSession, organisation_id: UUID, permissions: Collection[P], language: str
) -> list[Mailbox]:
    return await mailboxes.of_organisations(session, permissions, [organisation_id], language=language)


async def _send(
    session: AsyncSession,
    reader: Mailbox,
    template: str,
    organisation_id: UUID,
    *,
    path: str,
    asked_by: UUID | None = None,
    **more: object,
) -> None:
    organisation = await session.get_one(Organisation, organisation_id)
    await mail.send(
        session,
        to=reader.email,
        package="puumerkki.funding",
        template=template,
        language=reader.language,
        asked_by=asked_by,
        about=None,
        name=reader.name,
        organisation=display_name(organisation.names, reader.language),
        link=mail.link(reader.language, path),
        **more,
    )
