"""Single objects of a workflow, with what the one who asks could do with them now."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.networks import queries
from puumerkki.networks.models.decisions import DecisionKind
from puumerkki.networks.models.networks import Network, NetworkAuthority, NetworkMember, Rulebook, RulebookAcceptance
from puumerkki.networks.queries.blocs import shares_with
from puumerkki.networks.queries.changes import announced
from puumerkki.networks.queries.decisions import leaving
from puumerkki.networks.queries.proposals import open_proposal
from puumerkki.networks.rulebook_comparison import compare_rules, compare_translations
from puumerkki.networks.schemas.changes import AnnouncedChange, AuthorityAnswer
from puumerkki.networks.schemas.members import MemberDetail, SharingMember
from puumerkki.networks.schemas.networks import NetworkEnding, NetworkPublic
from puumerkki.networks.schemas.proposals import ProposalPublic
from puumerkki.networks.schemas.rulebooks import (
    AcceptancePublic,
    Piece,
    PieceKind,
    RulebookComparison,
    RulebookPublic,
    RuleDifference,
)
from puumerkki.networks.service.members import member_facts
from puumerkki.networks.service.networks import gather_network_facts
from puumerkki.networks.service.rulebooks import rulebook_facts
from puumerkki.networks.workflow.members import MEMBER
from puumerkki.networks.workflow.networks import NETWORK, RULEBOOK
from puumerkki.organisations.models.organisations import Organisation


def _own(row: Any, schema: type[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in schema.model_fields if hasattr(row, name)}


async def network_public(session: AsyncSession, *, actor: Actor, network: Network) -> NetworkPublic:
    """A network as one object."""
    authorities = await session.exec(
        select(Organisation.id, Organisation.names)
        .join(NetworkAuthority, col(NetworkAuthority.organisation_id) == col(Organisation.id))
        .where(col(NetworkAuthority.network_id) == network.id)
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
    book = await queries.rulebook_in_force(session, network.id)
    facts = await gather_network_facts(session, network)
    ends = await leaving(session, network.id)
    return NetworkPublic(
        **_own(network, NetworkPublic),
        authorities=[{"organisation_id": id_, "names": names} for id_, names in authorities.all()],
        active_members=facts.active_members,
        rulebook_number=book.number if book else None,
        ending=None if ends is None else NetworkEnding(kind=DecisionKind(ends[0]), on_day=ends[1]),
        changes=await _changes(session, network.id),
        available_actions=NETWORK.available(network, actor=actor, facts=facts),
    )


async def _changes(session: AsyncSession, network_id: UUID) -> list[AnnouncedChange]:
    found = await announced(session, network_id)
    ids = {answer.authority_id for one in found for answer in one.answers}
    named = await session.exec(select(Organisation.id, Organisation.names).where(col(Organisation.id).in_(ids)))
    names = dict(named.all())
    return [
        AnnouncedChange(
            change=one.notice.change,
            reason=one.notice.reason,
            told_at=one.notice.created_at,
            possible_on=one.possible_on(answer.authority_id for answer in one.answers),
            answers=[
                AuthorityAnswer(
                    authority_id=answer.authority_id,
                    authority_names=names[answer.authority_id],
                    told_at=answer.created_at,
                    answered_at=answer.answered_at,
                    answer=answer.answer,
                )
                for answer in one.answers
            ],
        )
        for one in found
    ]


async def member_detail(session: AsyncSession, *, actor: Actor, member: NetworkMember) -> MemberDetail:
    """A member as one object."""
    organisation = await session.get_one(Organisation, member.organisation_id)
    facts = await member_facts(session, member, actor=actor)
    return MemberDetail(
        **_own(member, MemberDetail),
        organisation_names=organisation.names,
        takes_part=await queries.takes_part_now(session, member),
        shares_with=await _shares_with(session, member),
        proposal=await _proposal(session, actor, member),
        available_actions=MEMBER.available(member, actor=actor, facts=facts),
    )


async def _shares_with(session: AsyncSession, member: NetworkMember) -> list[SharingMember]:
    found = await session.exec(select(shares_with(clock.now())).where(col(NetworkMember.id) == member.id))
    return [SharingMember(**one) for one in found.one()]


async def _proposal(session: AsyncSession, actor: Actor, member: NetworkMember) -> ProposalPublic | None:
    """What is proposed about it, for the network's people and its own."""
    inside = actor.may(P.networks_read, member.network_id) or actor.may(P.organisations_read, member.organisation_id)
    found = await open_proposal(session, member.id) if inside else None
    return None if found is None else ProposalPublic(**_own(found, ProposalPublic))


async def rulebook_public(session: AsyncSession, *, actor: Actor, book: Rulebook) -> RulebookPublic:
    """A rulebook version as one object."""
    facts = await rulebook_facts(session, await queries.network(session, book.network_id))
    return RulebookPublic(
        **_own(book, RulebookPublic),
        available_actions=RULEBOOK.available(book, actor=actor, facts=facts),
    )


async def acceptance_public(
    session: AsyncSession, *, member: NetworkMember, acceptance: RulebookAcceptance
) -> AcceptancePublic:
    """An acceptance as lists show it."""
    organisation = await session.get_one(Organisation, member.organisation_id)
    return AcceptancePublic(
        member_id=member.id,
        organisation_id=organisation.id,
        organisation_names=organisation.names,
        accepted_by=acceptance.accepted_by,
        accepted_at=acceptance.created_at,
    )


async def compare_rulebooks(
    session: AsyncSession, *, actor: Actor, network_id: UUID, old: int, new: int
) -> RulebookComparison:
    """What differs between two versions that the actor may read."""
    before = await queries.rulebook(session, actor=actor, network_id=network_id, number=old)
    after = await queries.rulebook(session, actor=actor, network_id=network_id, number=new)
    texts = compare_translations(before.texts, after.texts)
    return RulebookComparison(
        old=old,
        new=new,
        texts={
            language: [Piece(kind=PieceKind(kind), text=text) for kind, text in pieces]
            for language, pieces in texts.items()
        },
        rule=[RuleDifference(field=name, old=one, new=other) for name, one, other in _differing(before, after)],
    )


def _differing(before: Rulebook, after: Rulebook) -> list[tuple[str, Any, Any]]:
    """Read through the model, so that a field that came later has its default in an older version."""
    old, new = (queries.decision_rule(book).model_dump(mode="json") for book in (before, after))
    return compare_rules(old, new)
