"""Issues, moves and ends endorsements. Callers hold the locks of application and handling."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import exists, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.queries.applicants import applicants_of, have_left
from puumerkki.applications.snapshot import SnapshotApplicant, SnapshotAttachment, build_snapshot
from puumerkki.discussions.models import Attachment, Audience
from puumerkki.endorsements import credential
from puumerkki.endorsements.dependants import dependants
from puumerkki.endorsements.errors.endorsements import ApplicantLeft, VersionErased
from puumerkki.endorsements.events.endorsements import (
    EndorsementExpired,
    EndorsementIssued,
    EndorsementRevoked,
    EndorsementSuperseded,
)
from puumerkki.endorsements.models.conditions import condition_note
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementCounter, EndorsementState
from puumerkki.endorsements.models.endorsements import status_index as status_sequence
from puumerkki.endorsements.service.answered_needs import tell_of_needs
from puumerkki.endorsements.status_list import scattered
from puumerkki.endorsements.workflow.endorsements import ENDORSEMENT
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.canonical import digest, sha256
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key
from puumerkki.kernel.eventlog.events import EventRow, publish
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref
from puumerkki.networks.models.networks import Network

TOLD_WITHIN = timedelta(days=365)
"""Whoever comes after a longer pause of the worker tells of what expired in this time."""


class Giver(Protocol):
    """A network's handling, by which it gives an endorsement."""

    id: UUID
    network_id: UUID


async def issue(
    session: AsyncSession,
    *,
    application: Application,
    handling: Giver,
    version: ApplicationVersion,
    conditions: Sequence[Mapping[str, Any]],
    validity_days: int,
    turnout: dict[str, Any] | None = None,
    actor_id: UUID | None,
) -> Endorsement:
    """A new endorsement of the handling's network on a version."""
    first = clock.today()
    return await _make(
        session,
        application=application,
        handling=handling,
        version=version,
        conditions=[{"text": one["text"], "met": False, "when": one["when"]} for one in conditions],
        notes=[condition_note(one.get("parts", ()), one.get("member_ids", ())) for one in conditions],
        valid_until=first + timedelta(days=validity_days),
        turnout=turnout,
        actor_id=actor_id,
    )


async def _make(
    session: AsyncSession,
    *,
    application: Application,
    handling: Giver,
    version: ApplicationVersion,
    conditions: list[dict[str, Any]],
    notes: list[dict[str, Any]],
    valid_until: date,
    prolonged_at: datetime | None = None,
    turnout: dict[str, Any] | None,
    actor_id: UUID | None,
) -> Endorsement:
    """Sign an endorsement, whichever step asks for it: never on a version that an applicant has left."""
    if await have_left(session, application.id, version.number):
        raise ApplicantLeft()
    network = await session.get_one(Network, handling.network_id)
    applicants = await named_in(session, application, version.number)
    snapshot = await snapshot_of(session, application, version, network.id, applicants)
    number = await next_number(session, network)
    key = await current_key(session, KeyPurpose.marks, hold=True)
    index = scattered((await session.exec(select(status_sequence.next_value()))).one())
    now, public_url = clock.now().replace(microsecond=0), get_settings().public_url
    claims = credential.build_claims(
        credential.CredentialContent(
            number=number,
            application_id=application.id,
            version=version.number,
            network_id=network.id,
            network_name=display_name(network.names, application.language),
            applicants=[each["name"] for each in applicants],
            title=version.title,
            digest=digest(snapshot),
            conditions=[one["text"] for one in conditions if not one["met"]],
            issued_at=now,
            valid_until=valid_until,
            status_index=index,
        ),
        public_url=public_url,
    )
    made = Endorsement(
        number=number,
        network_id=network.id,
        application_id=application.id,
        handling_id=handling.id,
        version_number=version.number,
        snapshot=snapshot,
        digest=sha256(snapshot),
        conditions=conditions,
        condition_notes=notes,
        issued_at=now,
        valid_from=clock.today(),
        valid_until=valid_until,
        credential=credential.sign_credential(key, claims),
        kid=key.kid,
        status_index=index,
        prolonged_at=prolonged_at,
        turnout=turnout,
    )
    session.add(made)
    issued = EndorsementIssued(
        subject=Ref("endorsement", made.id),
        related=(application.id, handling.id),
        number=number,
        version=version.number,
    )
    await publish(session, issued, actor_id=actor_id)
    await tell_of_needs(session, made, version, actor_id)
    return made


async def move(
    session: AsyncSession,
    *,
    endorsement: Endorsement,
    application: Application,
    handling: Giver,
    version: ApplicationVersion,
    conditions: list[dict[str, Any]],
    notes: list[dict[str, Any]],
    actor_id: UUID | None,
) -> Endorsement:
    """A successor on another version, valid as long as the old endorsement was; what stood on that stands on it."""
    for one in dependants():
        await one.defer(session)
    await _end(session, "supersede", endorsement, reason=None)
    made = await _make(
        session,
        application=application,
        handling=handling,
        version=version,
        conditions=conditions,
        notes=notes,
        valid_until=endorsement.valid_until,
        prolonged_at=endorsement.prolonged_at,
        turnout=endorsement.turnout and {"version": endorsement.version_number} | endorsement.turnout,
        actor_id=actor_id,
    )
    for one in dependants():
        await one.move(session, old=endorsement, new=made)
    endorsement.superseded_by_id = made.id
    await publish(
        session,
        EndorsementSuperseded(
            subject=Ref("endorsement", endorsement.id),
            related=_related(endorsement),
            number=endorsement.number,
            by=made.id,
        ),
        actor_id=actor_id,
    )
    return made


async def supersede(session: AsyncSession, *, endorsement: Endorsement, actor_id: UUID | None) -> None:
    """The endorsement ends since the application has changed."""
    for one in dependants():
        await one.release(session, endorsement=endorsement, actor_id=actor_id, superseded=True)
    await _end(session, "supersede", endorsement, reason=None)
    superseded = EndorsementSuperseded(
        subject=Ref("endorsement", endorsement.id), related=_related(endorsement), number=endorsement.number
    )
    await publish(session, superseded, actor_id=actor_id)


async def revoke(session: AsyncSession, *, endorsement: Endorsement, reason: str | None, actor_id: UUID | None) -> None:
    """The network takes its endorsement back, or the application was withdrawn."""
    for one in dependants():
        await one.release(session, endorsement=endorsement, actor_id=actor_id, superseded=False)
    await _end(session, "revoke", endorsement, reason=reason)
    revoked = EndorsementRevoked(
        subject=Ref("endorsement", endorsement.id), related=_related(endorsement), number=endorsement.number
    )
    await publish(session, revoked, actor_id=actor_id)


async def _end(session: AsyncSession, action: str, endorsement: Endorsement, *, reason: str | None) -> None:
    ENDORSEMENT.apply(action, endorsement, actor=None)
    endorsement.ended_at = clock.now()
    endorsement.ended_reason = reason
    await session.flush()


def _related(endorsement: Endorsement) -> tuple[UUID, ...]:
    return (endorsement.application_id, endorsement.handling_id)


async def next_number(session: AsyncSession, network: Network) -> str:
    """The network's next number of the year. Its row stays locked until the transaction ends, so there is no gap."""
    year = clock.today().year
    counted = insert(EndorsementCounter).values(network_id=network.id, year=year, last=1)
    counted = counted.on_conflict_do_update(
        index_elements=["network_id", "year"],
        set_={"last": EndorsementCounter.__table__.c.last + 1},  # type: ignore[attr-defined]
    )
    last = (await session.exec(counted.returning(col(EndorsementCounter.last)))).scalar_one()
    return f"{network.prefix}-{year}-{last:04d}"


async def named_in(session: AsyncSession, application: Application, version: int) -> list[SnapshotApplicant]:
    """The applicants of a version as a snapshot names them, the leading one first."""
    return [
        SnapshotApplicant(
            id=one.organisation_id, name=display_name(one.names, application.language), business_id=one.business_id
        )
        for one in await applicants_of(session, application.id, version)
    ]


async def snapshot_of(
    session: AsyncSession,
    application: Application,
    version: ApplicationVersion,
    network_id: UUID,
    applicants: Sequence[SnapshotApplicant],
) -> bytes:
    """The canonical bytes of a version for a network, with the attachments that were there when it was frozen."""
    if version.private is None or version.salt is None:
        raise VersionErased()
    attachments = select(Attachment).where(
        col(Attachment.subject_kind) == "application",
        col(Attachment.subject_id) == application.id,
        col(Attachment.audience) == Audience.applicants,
        col(Attachment.created_at) <= version.created_at,
        or_(col(Attachment.removed_at).is_(None), col(Attachment.removed_at) > version.created_at),
    )
    return build_snapshot(
        version.content,
        application_id=application.id,
        version=version.number,
        network_id=network_id,
        applicants=applicants,
        attachments=[
            SnapshotAttachment(name=one.name, digest=f"sha256:{one.digest}", size=one.size)
            for one in (await session.exec(attachments)).all()
        ],
        private_part=version.private,
        salt=version.salt,
    )


async def tell_expired(session: AsyncSession) -> None:
    """Tell once of each endorsement whose last day has passed, in the last year at most."""
    told = exists().where(
        col(EventRow.subject_id) == col(Endorsement.id), col(EventRow.type) == EndorsementExpired.type
    )
    statement = select(Endorsement).where(
        col(Endorsement.state) == EndorsementState.valid,
        col(Endorsement.valid_until).between(clock.today() - TOLD_WITHIN, clock.today() - timedelta(days=1)),
        ~told,
    )
    for endorsement in (await session.exec(statement.order_by(col(Endorsement.id)).limit(500))).all():
        expired = EndorsementExpired(
            subject=Ref("endorsement", endorsement.id), related=_related(endorsement), number=endorsement.number
        )
        await publish(session, expired, actor_id=None)
        for one in dependants():
            await one.expire(session, endorsement)
