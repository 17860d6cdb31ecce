"""Whether an authority may go on without an endorsement: what is known of a row's networks."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.recipients import HandlingState
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.handlings.queries.annulments import MOST_BALLOTS, without_result
from puumerkki.handlings.queries.electors import Question, could_vote
from puumerkki.handlings.queries.handlings import rule_in_force, rule_of
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import Network, NetworkState
from puumerkki.partnerships.models.gate import GateRequirement, WaiverGround
from puumerkki.partnerships.models.partner_requests import PartnerRequest

PATIENCE = timedelta(days=14)
"""How long after its handling and ballot days a network that says nothing has not answered."""
_SILENT = frozenset({HandlingState.received, HandlingState.in_review, HandlingState.in_ballot})


async def is_founded(
    session: AsyncSession, request: PartnerRequest, row: GateRequirement, ground: WaiverGround
) -> bool:
    """Whether no network of the row can or will answer with its endorsement, and one of them for this very ground.

    What the law asks for is for the decider to say.
    """
    if ground is WaiverGround.law:
        return True
    found = [await _answer(session, request, network_id) for network_id in row.network_ids]
    return None not in found and ground in found


async def _answer(
    session: AsyncSession, request: PartnerRequest, network_id: UUID
) -> WaiverGround | HandlingState | None:
    """Why a network does not give its endorsement; None: it can, and has time to do so."""
    network = await session.get_one(Network, network_id)
    handling = (
        await session.exec(
            select(Handling).where(
                col(Handling.application_id) == request.application_id, col(Handling.network_id) == network_id
            )
        )
    ).one_or_none()
    if handling is not None and handling.state is HandlingState.declined:
        return HandlingState.declined
    finishes = handling is not None and handling.decides and handling.state in OPEN_HANDLING
    if (
        not (network.decides or finishes)
        or network.state is not NetworkState.active
        or not await _untied(session, request, network, handling)
    ):
        return WaiverGround.network_cannot
    if handling is None:
        return None
    rule = await rule_of(session, handling)
    if handling.state in _SILENT and await without_result(session, handling) >= MOST_BALLOTS:
        return WaiverGround.network_did_not_answer
    last = handling.handle_by + timedelta(days=rule.ballot_days if rule else 0) + PATIENCE
    silent = handling.state is HandlingState.lapsed or (handling.state in _SILENT and clock.today() > last)
    return WaiverGround.network_did_not_answer if silent else None


async def _untied(session: AsyncSession, request: PartnerRequest, network: Network, handling: Handling | None) -> bool:
    """Whether enough could vote: on what the network handles, or on what the authority has, if that came today."""
    rule = await (rule_in_force(session, network.id) if handling is None else rule_of(session, handling))
    on = (
        Question(network.id, request.application_id, request.version_number, None, rule)
        if handling is None
        else Question.of(handling, rule)
    )
    return len((await could_vote(session, on)).votes()) >= (rule.fewest if rule else 1)
