"""What an application's own steps do to its handlings: a new version arrives, or the application is withdrawn."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.errors.applications import BallotOpen, CountWaits
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries import versions
from puumerkki.applications.queries.applicants import have_left
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.queries.endorsements import endorsement_in_force, status_of
from puumerkki.endorsements.service import endorsements
from puumerkki.handlings.events.handlings import (
    HandlingMoved,
    HandlingReceived,
    HandlingWithdrawn,
    VersionLeftOut,
    VersionWaits,
)
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import OPEN_HANDLING, BallotState, Handling, Refusal
from puumerkki.handlings.models.leads import LeadChoice
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.counts import count_waits
from puumerkki.handlings.queries.decision_words import OVERTAKEN
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.fallen_claims import NEW_VERSION, overtaken
from puumerkki.handlings.service.refusals import minor_between, refused_before, snapshot_for
from puumerkki.handlings.workflow.handlings import HANDLING, HandlingFacts
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.kernel.workflow import MayAct
from puumerkki.networks.models.networks import Network

WITHDRAWN = "application_withdrawn"
NOT_NAMED = "network_not_named"


async def receive_version(
    session: AsyncSession,
    *,
    application: Application,
    version: ApplicationVersion,
    before: ApplicationVersion | None,
    actor: Actor,
) -> None:
    """Bring a new version to the networks that the application asks, the caller holding the application's lock.

    Open handlings move onto it. An endorsed one is asked anew and its endorsement superseded, unless only minor fields
    changed: then a successor of the endorsement stands on the new version. What differs from a version that the network
    refused in nothing but minor parts does not come back. An endorsement with open conditions waits for the
    coordinator, who says whether this version meets them.
    """
    asked = await versions.networks_asked(session, application.id)
    known = await queries.of_application(session, application.id)
    for handling in known:
        if handling.network_id not in asked:
            await _end(session, handling, reason=NOT_NAMED, actor_id=actor.id)
        elif handling.state is HandlingState.declined and await refused_before(session, application, handling, version):
            left_out = VersionLeftOut(**event_fields(handling), version=version.number)
            await publish(session, left_out, actor_id=actor.id)
        elif handling.state is not HandlingState.endorsed or not await _keeps_endorsement(
            session, application, handling, version, actor_id=actor.id
        ):
            refusal = await refused_before(session, application, handling, version)
            if refusal is None:
                await ask_anew(session, handling, version.number, "receive_version", actor=None, by=actor.id)
            else:
                await _stay_refused(session, handling, version, refusal, by=actor.id)
    for network_id in sorted(asked - {handling.network_id for handling in known}):
        handling = Handling(
            application_id=application.id,
            network_id=network_id,
            version_number=version.number,
            received_at=clock.now(),
            handle_by=clock.today(),
            decides=await _decides(session, network_id),
        )
        await _set_days(session, handling)
        session.add(handling)
        await publish(session, HandlingReceived(**event_fields(handling), version=version.number), actor_id=actor.id)


async def withdraw_handlings(session: AsyncSession, *, application: Application, actor: Actor) -> None:
    """End what is open, and the endorsements; the caller holds the application's lock."""
    for handling in await queries.of_application(session, application.id):
        await _end(session, handling, reason=WITHDRAWN, actor_id=actor.id)


async def close_handlings(session: AsyncSession, *, application: Application, actor: Actor) -> None:
    """End what is open, as nobody acts on it now; endorsements hold. The caller holds the application's lock."""
    for handling in await queries.of_application(session, application.id):
        if handling.state in OPEN_HANDLING:
            await _end(session, handling, reason=WITHDRAWN, actor_id=actor.id)


async def ask_anew(
    session: AsyncSession,
    handling: Handling,
    version: int,
    action: str,
    *,
    actor: MayAct | None,
    by: UUID | None,
    facts: HandlingFacts | None = None,
) -> None:
    """The network has a version before it that it has not decided on. `by`: who caused it; `actor`: who may."""
    await _require_no_ballot(session, handling)
    was_open = handling.state in OPEN_HANDLING
    HANDLING.apply(action, handling, actor=actor, facts=facts)
    await arrive(session, handling, version, was_open=was_open)
    await publish(session, HandlingMoved(**event_fields(handling), version=version), actor_id=by)


async def _require_no_ballot(session: AsyncSession, handling: Handling) -> None:
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is not None and ballot.state is BallotState.open:
        raise BallotOpen()
    if await count_waits(session, handling.application_id, handling.id):
        raise CountWaits()


async def _stay_refused(
    session: AsyncSession, handling: Handling, version: ApplicationVersion, refusal: Refusal, *, by: UUID | None
) -> None:
    """This version is one that the network refused before: its answer is the same, and nobody is asked again."""
    await _require_no_ballot(session, handling)
    HANDLING.apply("stay_refused", handling, actor=None)
    await arrive(session, handling, refusal.version_number, was_open=True)
    handling.reason, handling.decided_at = refusal.reason, refusal.refused_at
    left_out = VersionLeftOut(**event_fields(handling), version=version.number)
    await publish(session, left_out, actor_id=by)


async def arrive(session: AsyncSession, handling: Handling, version: int, *, was_open: bool) -> None:
    """A version is before the network from now on, with all its days. What was open is finished as it began."""
    if not was_open:
        with session.no_autoflush:
            handling.decides = await _decides(session, handling.network_id)
    handling.lapse_reason = handling.agreed_how = handling.agreed_on = None
    handling.agreed_member_ids = []
    await drop_pending_decision(session, handling)
    no_ballot_asked(handling)
    handling.version_number = version
    handling.received_at = clock.now()
    await clear_lead(session, handling)
    handling.reason = None
    handling.decided_at = None
    await _set_days(session, handling)


async def clear_lead(session: AsyncSession, handling: Handling) -> None:
    """Clear who was chosen to lead, who was told of it, and the choices: they concerned the version before."""
    handling.lead_id, handling.lead_told_ids = None, []
    await session.exec(delete(LeadChoice).where(col(LeadChoice.handling_id) == handling.id))


async def _keeps_endorsement(
    session: AsyncSession,
    application: Application,
    handling: Handling,
    version: ApplicationVersion,
    *,
    actor_id: UUID | None,
) -> bool:
    endorsement = await endorsement_in_force(session, handling.id, for_update=True)
    if endorsement is None:
        return False
    if status_of(endorsement) == "valid":
        stays = not await have_left(session, application.id, version.number)
        if stays and await _only_minor(session, application, handling, version, endorsement):
            await endorsements.move(
                session,
                endorsement=endorsement,
                application=application,
                handling=handling,
                version=version,
                conditions=endorsement.conditions,
                notes=endorsement.condition_notes,
                actor_id=actor_id,
            )
            handling.version_number = version.number
            await publish(session, HandlingMoved(**event_fields(handling), version=version.number), actor_id=actor_id)
            return True
        if any(not condition["met"] for condition in endorsement.conditions):
            await overtaken(session, endorsement, NEW_VERSION, actor_id=actor_id)
            await publish(session, VersionWaits(**event_fields(handling), version=version.number), actor_id=actor_id)
            return True
    await endorsements.supersede(session, endorsement=endorsement, actor_id=actor_id)
    return False


async def _only_minor(
    session: AsyncSession,
    application: Application,
    handling: Handling,
    version: ApplicationVersion,
    endorsement: Endorsement,
) -> bool:
    """Whether the version differs from the marked one in nothing but what the rulebook calls minor."""
    fresh = await snapshot_for(session, application, handling, version)
    return await minor_between(session, handling, json.loads(endorsement.snapshot), fresh)


async def _end(session: AsyncSession, handling: Handling, *, reason: str, actor_id: UUID | None) -> None:
    """Withdraw what is open or endorsed; what has ended otherwise stays as it ended."""
    if all(handling.state not in row.sources for row in HANDLING.transitions if row.action == "withdraw"):
        return
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is not None and ballot.state is BallotState.open:
        await ballots.annul(session, handling=handling, ballot=ballot, reason=None, actor_id=actor_id)
    endorsement = await endorsement_in_force(session, handling.id, for_update=True)
    if endorsement is not None:
        await endorsements.revoke(session, endorsement=endorsement, reason=reason, actor_id=actor_id)
    HANDLING.apply("withdraw", handling, actor=None)
    await drop_pending_decision(session, handling)
    await publish(session, HandlingWithdrawn(**event_fields(handling)), actor_id=actor_id)


async def drop_pending_decision(session: AsyncSession, handling: Handling) -> None:
    """Drop a recorded decision that has not taken effect: unconfirmed ones are deleted, confirmed ones fall."""
    pending = (
        col(RecordedDecision.handling_id) == handling.id,
        col(RecordedDecision.effective_at).is_(None),
        col(RecordedDecision.fell_at).is_(None),
    )
    unconfirmed = col(RecordedDecision.confirmed_at).is_(None)
    await session.exec(delete(RecordedDecision).where(*pending, unconfirmed))
    for one in (await session.exec(select(RecordedDecision).where(*pending, ~unconfirmed))).all():
        one.fell_at, one.fell_because = clock.now(), OVERTAKEN
    await session.flush()


async def _decides(session: AsyncSession, network_id: UUID) -> bool:
    """Whether the network is asked for its puumerkki now, or for a statement."""
    held: Any = {"with_for_update": {"read": True}, "populate_existing": True}
    return (await session.get_one(Network, network_id, **held)).decides


async def _set_days(session: AsyncSession, handling: Handling) -> None:
    rule = await queries.rule_in_force(session, handling.network_id)
    handling.handle_by = clock.today() + timedelta(days=rule.handling_days if rule else 0)


def no_ballot_asked(handling: Handling) -> None:
    """What the applicant asked for has come, or another version is before the network."""
    handling.ballot_asked_at = handling.ballot_asked_by = handling.ballot_opens_at = None


def event_fields(handling: Handling) -> dict[str, Any]:
    """What every event of a handling says: its subject, and whose timelines show it."""
    return {"subject": Ref("handling", handling.id), "related": (handling.application_id,)}
