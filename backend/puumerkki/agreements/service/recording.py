"""The use cases of what was signed on paper: one party records it, each other one confirms it or objects."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.errors import NamedSince
from puumerkki.access.permissions import P
from puumerkki.agreements import errors, events
from puumerkki.agreements.models import (
    RECORDED,
    RUNNING,
    Agreement,
    AgreementRecordAnswer,
    AgreementState,
    RecordAnswer,
)
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries import records
from puumerkki.agreements.schemas.recording import AgreementRecord
from puumerkki.agreements.service import asking, drafting, renewal
from puumerkki.agreements.workflow import AGREEMENT, AgreementFacts
from puumerkki.discussions import queries as discussions
from puumerkki.discussions.models import Attachment
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Conflict, Forbidden, NotFound, invalid
from puumerkki.kernel.preconditions import require_version


async def record(
    session: AsyncSession, *, actor: Actor, agreement_id: UUID, if_version: int | None, given: AgreementRecord
) -> Agreement:
    """A draft that all parties signed on paper, as one of them says; each other party is asked."""
    found, ids = await drafting.locked(session, actor, agreement_id, P.agreements_sign)
    require_version(found, if_version)
    acting = drafting.as_party(actor, found, ids)
    facts = await drafting.facts_of(session, actor, found, ids)
    AGREEMENT.check("record", found, actor=acting, facts=facts)
    if given.signed_on > clock.today():
        raise invalid("/signed_on", "day_in_future", "It was signed on a day that has come.")
    scan = await _scan(session, actor, found, given.attachment_id)
    version = await drafting.freeze(
        session,
        actor,
        found,
        found.drafted_by_organisation_id,
        signed_on_paper=given.signed_on,
        scan_id=scan.id,
    )
    AGREEMENT.apply("record", found, actor=acting, facts=facts)
    session.add_all(
        AgreementRecordAnswer(
            agreement_id=found.id, version_number=version.number, organisation_id=one, ask_on=clock.today()
        )
        for one in ids
        if one != found.drafted_by_organisation_id
    )
    await drafting.tell(session, actor, found, events.AgreementRecorded, ids)
    return found


async def confirm(session: AsyncSession, *, actor: Actor, agreement_id: UUID, organisation_id: UUID) -> Agreement:
    """A party confirms what another one recorded; the last one brings it into force, or among what has ended."""
    found, ids, facts = await _to_answer(session, actor, agreement_id)
    acting = drafting.as_party(actor, found, ids)
    AGREEMENT.check("confirm_record", found, actor=acting, facts=facts)
    row = await _own(session, actor, found, organisation_id)
    if row.answer == RecordAnswer.confirmed:
        raise errors.NothingToConfirm()
    if organisation_id not in facts.confirm_for:
        raise NamedSince()
    row.answer, row.answered_at, row.answered_by = RecordAnswer.confirmed, clock.now(), actor.person_id()
    row.reason = row.ask_on = None
    await session.flush()
    target = await _after(session, found)
    if target not in RECORDED:
        version = await queries.version(session, found.id, found.current_version)
        assert version.signed_on_paper is not None
        renewal.bring_into_force(found, version, version.signed_on_paper)
    AGREEMENT.apply("confirm_record", found, actor=acting, facts=facts, target=target)
    await drafting.tell(session, actor, found, events.AgreementRecordConfirmed, ids, organisation_id=organisation_id)
    if target in RUNNING:
        await renewal.came_into_force(session, found, actor.id)
        await renewal.tell_hold(session, actor, found, ids)
    return found


async def confirm_all(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, agreement_ids: Sequence[UUID]
) -> tuple[list[UUID], list[UUID]]:
    """A party confirms a list of what others recorded: which ones, and which did not wait for its answer."""
    actor.require(P.agreements_confirm, on=organisation_id)
    done: list[UUID] = []
    for one in sorted(agreement_ids):
        try:
            await confirm(session, actor=actor, agreement_id=one, organisation_id=organisation_id)
        except (NotFound, Forbidden, Conflict):
            continue
        done.append(one)
    confirmed = set(done)
    return [one for one in agreement_ids if one in confirmed], [one for one in agreement_ids if one not in confirmed]


async def dispute(
    session: AsyncSession, *, actor: Actor, agreement_id: UUID, organisation_id: UUID, reason: str
) -> Agreement:
    """A party says that what another one recorded was not agreed so; who recorded it is told why."""
    found, ids, facts = await _to_answer(session, actor, agreement_id)
    acting = drafting.as_party(actor, found, ids)
    AGREEMENT.check("dispute_record", found, actor=acting, facts=facts)
    row = await _own(session, actor, found, organisation_id)
    if row.answer is not None:
        raise errors.NothingToConfirm()
    row.answer, row.answered_at, row.answered_by = RecordAnswer.disputed, clock.now(), actor.person_id()
    row.reason, row.ask_on = reason, None
    AGREEMENT.apply("dispute_record", found, actor=acting, facts=facts)
    await drafting.tell(session, actor, found, events.AgreementRecordDisputed, ids, organisation_id=organisation_id)
    await asking.tell_disputed(session, found, row)
    return found


async def _to_answer(
    session: AsyncSession, actor: Actor, agreement_id: UUID
) -> tuple[Agreement, tuple[UUID, ...], AgreementFacts]:
    """The agreement, locked; people answer, a service account does not."""
    found = await queries.agreement(session, actor, agreement_id, for_update=True)
    actor.require_person()
    ids = await queries.party_ids(session, found.id)
    return found, ids, await drafting.facts_of(session, actor, found, ids)


async def _own(
    session: AsyncSession, actor: Actor, agreement: Agreement, organisation_id: UUID
) -> AgreementRecordAnswer:
    """The row of a party for which the actor answers, or Forbidden."""
    rows = {one.organisation_id: one for one in await records.answers(session, agreement)}
    if organisation_id not in rows or not actor.may(P.agreements_confirm, organisation_id):
        raise Forbidden(permission=P.agreements_confirm.value)
    return rows[organisation_id]


async def _after(session: AsyncSession, agreement: Agreement) -> AgreementState:
    """Where an agreement is after an answer: what all have confirmed holds, or has held."""
    answers = {one.answer for one in await records.answers(session, agreement)}
    if RecordAnswer.disputed in answers:
        return AgreementState.disputed
    if answers != {RecordAnswer.confirmed}:
        return AgreementState.recorded
    version = await queries.version(session, agreement.id, agreement.current_version)
    return AgreementState.ended if version.ends_on < clock.today() else renewal.begun(version)


async def _scan(session: AsyncSession, actor: Actor, agreement: Agreement, attachment_id: UUID) -> Attachment:
    try:
        found = await discussions.attachment(session, actor, attachment_id)
    except NotFound:
        found = None
    if found is None or found.removed_at is not None or found.subject_id != agreement.id:
        raise invalid("/attachment_id", "attachment_unknown", "There is no such file on the agreement.")
    return found
