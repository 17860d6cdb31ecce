"""The use cases of signing and ending."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.errors import NamedSince
from puumerkki.access.permissions import P
from puumerkki.agreements import credential, duty_schedule, errors, events
from puumerkki.agreements.models import RECORDED, Agreement, AgreementSignature, AgreementState, AgreementWithdrawal
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries.party_rows import parties_at
from puumerkki.agreements.schemas.agreements import AgreementEnding, AgreementSign, AgreementTermination
from puumerkki.agreements.service import drafting, duties, renewal
from puumerkki.agreements.workflow import AGREEMENT, ForParties
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.canonical import digest
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.settings import get_settings
from puumerkki.organisations.models.organisations import Organisation


async def sign(session: AsyncSession, *, actor: Actor, agreement_id: UUID, given: AgreementSign) -> Agreement:
    """A party's signature on the newest version; the last one brings that version into force.

    There is no version of the row to match: two may sign at once, and both count.
    """
    found, ids = await drafting.locked(session, actor, agreement_id, P.agreements_sign)
    party = given.organisation_id
    if party not in ids or not actor.may(P.agreements_sign, party):
        raise actor.refusal(P.agreements_sign.value)
    signed = await queries.signers(session, found)
    facts = await drafting.facts_of(session, actor, found, ids)
    AGREEMENT.check("sign", found, actor=ForParties(actor, found.id, ids), facts=facts)
    if given.version_number != found.current_version:
        raise errors.NewerVersion()
    if party in signed:
        raise errors.AlreadySigned()
    if party not in facts.sign_for:
        raise NamedSince()
    await _keep_signature(session, actor, found, party)
    signing = {one.id for one in await parties_at(session, found.id, found.current_version)}
    target, last = found.state, signed | {party} == signing
    if last:
        version = await queries.version(session, found.id, found.current_version)
        target = renewal.bring_into_force(found, version, clock.today())
    AGREEMENT.apply("sign", found, actor=ForParties(actor, found.id, ids), facts=facts, target=target)
    await drafting.tell(session, actor, found, events.AgreementSigned, ids)
    if last:
        await renewal.came_into_force(session, found, actor.id)
        await renewal.tell_hold(session, actor, found, ids)
    return found


async def cancel(
    session: AsyncSession, *, actor: Actor, agreement_id: UUID, if_version: int | None, given: AgreementEnding
) -> Agreement:
    """Give up what is not in force. What others have seen only people give up."""
    found, ids = await drafting.locked(session, actor, agreement_id, P.agreements_write)
    if found.state is not AgreementState.draft:
        actor.require_person()
    require_version(found, if_version)
    facts = await drafting.facts_of(session, actor, found, ids)
    if found.state in RECORDED:
        # what was recorded wrongly can be recorded rightly by the same list
        found.reference = None
    AGREEMENT.apply("cancel", found, actor=drafting.as_party(actor, found, ids), facts=facts)
    found.ending_reason = given.reason
    await drafting.tell(session, actor, found, events.AgreementCancelled, ids)
    return found


async def withdraw(
    session: AsyncSession, *, actor: Actor, agreement_id: UUID, if_version: int | None, given: AgreementEnding
) -> Agreement:
    """Take back an amendment that not all have signed. What is in force stays so, and the working copy as it is."""
    found, ids = await drafting.locked(session, actor, agreement_id, P.agreements_write)
    actor.require_person()
    require_version(found, if_version)
    facts = await drafting.facts_of(session, actor, found, ids)
    AGREEMENT.apply("withdraw", found, actor=ForParties(actor, found.id, ids), facts=facts, target=found.state)
    version = await queries.version(session, found.id, found.current_version)
    session.add(
        AgreementWithdrawal(
            agreement_id=found.id,
            version_number=version.number,
            withdrawn_by=actor.person_id(),
            withdrawn_for_organisation_id=next(one for one in ids if actor.may(P.agreements_write, one)),
            reason=given.reason,
        )
    )
    found.current_version = found.version_in_force
    await drafting.tell(session, actor, found, events.AgreementAmendmentWithdrawn, ids, version_number=version.number)
    return found


async def terminate(
    session: AsyncSession, *, actor: Actor, agreement_id: UUID, if_version: int | None, given: AgreementTermination
) -> Agreement:
    """A party that may sign gives up what is in force, from a day on."""
    found, ids = await drafting.locked(session, actor, agreement_id, P.agreements_sign)
    require_version(found, if_version)
    facts = await drafting.facts_of(session, actor, found, ids)
    AGREEMENT.check("terminate", found, actor=ForParties(actor, found.id, ids), facts=facts)
    signed = await queries.version(session, found.id, found.version_in_force)
    if not clock.today() <= given.ended_on <= signed.ends_on:
        raise invalid("/ended_on", "day_outside", "The last day lies between today and the end of the agreement.")
    earliest = duty_schedule.before(clock.today(), -signed.content.get("notice_months", 0))
    if given.ended_on < min(earliest, signed.ends_on):
        raise invalid("/ended_on", "notice_too_short", "The last day is before the agreed time of notice is over.")
    AGREEMENT.apply("terminate", found, actor=ForParties(actor, found.id, ids), facts=facts)
    found.ended_on, found.ending_reason = given.ended_on, given.reason
    await duties.drop_duties(session, found, given.ended_on)
    await drafting.tell(session, actor, found, events.AgreementTerminated, ids)
    return found


async def _keep_signature(session: AsyncSession, actor: Actor, agreement: Agreement, party_id: UUID) -> None:
    version = await queries.version(session, agreement.id, agreement.current_version)
    party = await session.get_one(Organisation, party_id)
    key = await current_key(session, KeyPurpose.marks, hold=True)
    now = clock.now().replace(microsecond=0)
    session.add(
        AgreementSignature(
            agreement_id=agreement.id,
            version_number=version.number,
            organisation_id=party_id,
            signed_by=actor.person_id(),
            signed_at=now,
            credential=credential.sign(
                key,
                public_url=get_settings().public_url,
                agreement_id=agreement.id,
                version=version.number,
                title=version.title,
                signed_digest=digest(version.snapshot),
                party_id=party_id,
                party_name=display_name(party.names, agreement.language),
                signed_at=now,
                ends_on=version.ends_on,
            ),
            kid=key.kid,
        )
    )
    await session.flush()
