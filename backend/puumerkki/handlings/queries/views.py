"""Handlings and ballots as one caller sees them, whole."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, VersionApplicant
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries import versions
from puumerkki.applications.queries.applicants import applicants_of
from puumerkki.disqualification.queries.tied import is_tied
from puumerkki.endorsements.models.revocations import Revocation
from puumerkki.endorsements.queries import revocations
from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import annulments, ballots, claims
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.decision_words import said_of
from puumerkki.handlings.queries.interests import near_leaders
from puumerkki.handlings.queries.leading import leading
from puumerkki.handlings.queries.missing_votes import missing
from puumerkki.kernel import clock
from puumerkki.networks.blocs import as_one
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import Network, NetworkMember
from puumerkki.organisations.models.organisations import Organisation

_OWN = ("id", "application_id", "network_id", "state", "version_number", "received_at", "handle_by", "decided_at")
_MORE = ("reason", "statement", "decides", "lapse_reason", "ballot_asked_at", "ballot_opens_at", "version")
_RULE = ("method", "quorum_percent", "handling_days", "ballot_days", "validity_days")
_READING = ("id", "version_number", "meeting_id", "read_on", "note")
_DECISION = (
    "id",
    "meeting_id",
    "version_number",
    "endorses",
    "wording",
    "conditions",
    "present_member_ids",
    "stood_aside_member_ids",
    "recorded_by",
    "confirmed_by",
    "confirmed_at",
    "holds_at",
    "effective_at",
    "fell_at",
    "fell_because",
)
_BALLOT = (
    "id",
    "handling_id",
    "version_number",
    "purpose",
    "state",
    "opened_at",
    "closes_at",
    "closed_at",
    "takes_effect_at",
    "recorded_confirmed",
    "annulled_reason",
)
_REVOCATION = (
    "id",
    "way",
    "cause",
    "reason",
    "state",
    "proposed_by",
    "proposed_at",
    "heard_until",
    "asks",
    "ballot_id",
    "meeting_id",
    "confirmed_by",
    "ended_at",
    "end_reason",
)
_ANNULMENT = ("fault", "reason", "proposed_by", "proposed_at", "confirmed_at")
_GIVEN = ("given_by", "given_how", "given_on", "early_close")
_PROLONGATION = ("valid_until", "former_valid_until", "reason", "proposed_by", "confirmed_by", "confirmed_at")
_VOTE = ("member_id", "choice", "reason", "condition", "condition_parts", "cast_at", "recorded", *_GIVEN)


def _taken(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


async def handling(
    session: AsyncSession, actor: Actor, application: Application, found: Handling, ballot: Ballot | None
) -> dict[str, Any]:
    """A handling without its actions. A decision that nobody confirmed yet is the network's own."""
    network = await session.get_one(Network, found.network_id)
    version = await versions.version(session, found.application_id, found.version_number)
    rule = await queries.rule_of(session, found)
    endorsement = await endorsement_in_force(session, found.id)
    leading, *further = await applicants_of(session, found.application_id, found.version_number)
    inside = actor.may(P.handlings_read, found.network_id)
    decisions = await queries.decisions(session, found.id)
    claim = await claims.newest_claim(session, found.id) if inside else None
    claimed = await claims.of_claim(session, claim, endorsement) if claim else None
    revocation = await revocations.newest_revocation(session, found.id)
    prolonged = await revocations.prolongation(session, endorsement.id) if endorsement else None
    asked = [UUID(one["id"]) for one in version.content.get("authorities", ())]
    return _taken(found, (*_OWN, *_MORE)) | {
        "interests": await near_leaders(session, found, authorities=asked, inside=inside),
        "agreed": await queries.agreed(session, actor, found),
        "title": version.title,
        "applicant": {"id": leading.organisation_id, "names": leading.names},
        "amount_cents": version.content.get("amount_cents"),
        "asks": await versions.asks_of(session, version),
        "network_names": network.names,
        "current_version": application.current_version,
        "answer_by": found.answer_by if found.state is HandlingState.returned else None,
        "rule": _taken(rule, _RULE) if rule else None,
        "readings": [_taken(one, _READING) for one in await queries.readings(session, found.id)],
        "decisions": [
            _taken(one, _DECISION)
            | await said_of(
                session,
                found,
                one,
                rule,
                reader=actor.id if inside else None,
                represented=actor.represented_members(found.network_id),
            )
            for one in decisions
            if inside or one.effective_at is not None
        ],
        "ballot": None
        if ballot is None
        else _taken(ballot, ("id", "purpose", "state", "version_number", "opened_at", "closes_at"))
        | {"outcome": ballot.result["outcome"] if ballot.result else None},
        "conditions": claims.conditions_of(endorsement) if endorsement else [],
        "conditions_claim": await claims.claim_view(
            session, found, claim, claimed, represented=actor.represented_members(found.network_id)
        )
        if claim and claimed
        else None,
        "former_ballots": await annulments.former_ballots(session, found.id),
        "endorsement_number": endorsement.number if endorsement else None,
        "valid_until": endorsement.valid_until if endorsement else None,
        "revocation": _revocation(revocation, [leading, *further]) if revocation else None,
        "prolongation": _taken(prolonged, _PROLONGATION) if prolonged and (inside or prolonged.confirmed_at) else None,
    }


def _revocation(found: Revocation, applicants: Sequence[VersionApplicant]) -> dict[str, Any]:
    """A proposal to revoke, with the views in the applicants' order."""
    views = [
        {"organisation_id": one.organisation_id, "names": one.names, "view": said["view"], "given_at": said["given_at"]}
        for one in applicants
        if (said := found.views.get(str(one.organisation_id)))
    ]
    return _taken(found, _REVOCATION) | {"views": views}


async def ballot(session: AsyncSession, actor: Actor, found: Handling, shown: Ballot) -> dict[str, Any]:
    """A ballot as this caller may see it: while it is open nothing of anybody else's vote but the turnout."""
    rule = DecisionRule.model_validate(shown.rule)
    spoken_for = await _members_spoken_for(session, actor, found, shown)
    tied = actor.id is not None and await is_tied(session, actor.id, found.application_id, network_id=found.network_id)
    recusals = await _recusals(session, shown.id)
    aside = {one.member_id for one in recusals}
    by_themselves = {one.member_id for one in recusals if one.declared_by is not None}
    running = shown.state is BallotState.open and clock.now() < shown.closes_at
    votes = running and not tied and actor.may(P.ballots_vote, found.network_id)
    inside = actor.may(P.handlings_read, found.network_id)
    who = await leading(session, actor, found)
    leads = any(who.may(one, found.network_id) for one in (P.handlings_lead, P.handlings_confirm))
    counted = shown.result is not None
    blocs = await ballots.blocs(session, shown.id)
    voted = await ballots.blocs_voted(session, shown.id)
    by_name = counted and (inside or rule.votes_public)
    own = await ballots.votes(session, shown.id, members=spoken_for)
    counts = shown.state is BallotState.closed and found.state is HandlingState.in_ballot
    refused = [vote.member_id for vote in own if vote.condition_taken is False] if counts and not tied else []
    out = {blocs[one.member_id] for one in recusals if one.own_application and one.member_id in blocs}
    free = {one for one in spoken_for - aside if voted.get(blocs[one], one) == one and blocs[one] not in out}
    base = as_one(
        {},
        electorate=frozenset(blocs),
        recused=frozenset(aside),
        applying=frozenset(one.member_id for one in recusals if one.own_application),
        blocs=blocs,
    )
    annulment = await annulments.annulment(session, shown.id) if inside else None
    return _taken(shown, (*_BALLOT, "result", "version")) | {
        "annulment": _taken(annulment, _ANNULMENT) if annulment else None,
        "reason": await _reason(session, shown),
        "rule": _taken(rule, ("method", "quorum_percent", "blanks_count", "votes_public", "closes_early")),
        "electorate": len(set(blocs.values())),
        "base": len(base.electorate - base.recused),
        "together": _together(blocs),
        "recusals": [
            {
                "member_id": one.member_id,
                "own_application": one.own_application,
                "tied": one.tied,
                "gone": one.gone,
                "elsewhere": one.elsewhere,
                "asked": one.asked,
                "umbrella": one.umbrella,
                "same_call": one.same_call,
                "reason": one.reason if inside else None,
            }
            for one in recusals
        ],
        "interests": await ballots.interests(session, shown.id, aside=aside) if inside else [],
        "turnout": await ballots.turnout(session, shown.id),
        "recorded": await ballots.recorded(session, shown.id),
        "early_close_agreed": await ballots.early_close_agreed(session, shown.id),
        "missing": await missing(session, shown.id) if running and not tied and leads else None,
        "own_votes": [_taken(vote, _VOTE) for vote in own],
        "may_vote_for": sorted(_one_of(free, own, actor.id)) if votes else [],
        "may_take_part_again_for": sorted(spoken_for & by_themselves) if votes else [],
        "may_state_standing_for": refused,
        "disqualified": tied,
        "conditions": await _conditions(session, shown.id, by_name=by_name) if counted else [],
        "votes": await _named(session, shown.id) if by_name else None,
    }


def _together(blocs: dict[UUID, UUID]) -> list[list[UUID]]:
    members: dict[UUID, list[UUID]] = {}
    for one, bloc in sorted(blocs.items()):
        members.setdefault(bloc, []).append(one)
    return [found for found in members.values() if len(found) > 1]


def _one_of(spoken_for: set[UUID], own: Sequence[Vote], person: UUID | None) -> set[UUID]:
    """Of those for whom somebody speaks, the one for which they have voted, if they have."""
    chosen = {vote.member_id for vote in own if vote.cast_by == person and not vote.recorded}
    return spoken_for & chosen if chosen else spoken_for


async def _reason(session: AsyncSession, shown: Ballot) -> str | None:
    statement = select(Revocation.reason).where(col(Revocation.ballot_id) == shown.id)
    return (await session.exec(statement)).one_or_none()


async def _members_spoken_for(session: AsyncSession, actor: Actor, found: Handling, shown: Ballot) -> set[UUID]:
    statement = (
        select(NetworkMember.id)
        .join(BallotElector, col(BallotElector.member_id) == col(NetworkMember.id))
        .where(
            col(BallotElector.ballot_id) == shown.id,
            col(NetworkMember.organisation_id).in_(actor.represented_members(found.network_id)),
        )
    )
    return set((await session.exec(statement)).all())


async def _recusals(session: AsyncSession, ballot_id: UUID) -> Sequence[Recusal]:
    statement = select(Recusal).where(col(Recusal.ballot_id) == ballot_id).order_by(col(Recusal.member_id))
    return (await session.exec(statement)).all()


async def _conditions(session: AsyncSession, ballot_id: UUID, *, by_name: bool) -> list[dict[str, Any]]:
    proposed = [vote for vote in await ballots.votes(session, ballot_id) if vote.condition is not None]
    return [
        {
            "member_id": vote.member_id if by_name else None,
            "condition": vote.condition,
            "parts": vote.condition_parts,
            "taken": vote.condition_taken,
            "when": vote.condition_when,
            "answer": vote.condition_answer,
            "stands": vote.stands,
        }
        for vote in sorted(proposed, key=lambda vote: (vote.condition or "", vote.member_id))
    ]


async def _named(session: AsyncSession, ballot_id: UUID) -> list[dict[str, Any]]:
    statement = (
        select(Vote, Organisation)
        .join(NetworkMember, col(NetworkMember.id) == col(Vote.member_id))
        .join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))
        .where(col(Vote.ballot_id) == ballot_id)
        .order_by(col(Organisation.sort_key), col(Vote.member_id))
    )
    return [
        _taken(vote, _VOTE) | {"organisation_id": member.id, "organisation_names": member.names}
        for vote, member in (await session.exec(statement)).all()
    ]
