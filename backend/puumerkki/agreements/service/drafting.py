"""The use cases of drafting and proposing; `signing` holds those of signing and ending."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements import errors, events, from_application
from puumerkki.agreements.models import (
    RECORDED,
    RUNNING,
    Agreement,
    AgreementParty,
    AgreementState,
    AgreementVersion,
    RecordAnswer,
)
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries import records, versions
from puumerkki.agreements.queries.party_rows import parties_at
from puumerkki.agreements.schemas.agreements import AgreementContent, AgreementCreate, AgreementUpdate
from puumerkki.agreements.service import snapshots
from puumerkki.agreements.service.binding import bound_by, lately
from puumerkki.agreements.workflow import AgreementFacts, ForParties
from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries import applications
from puumerkki.applications.queries.application_facts import newest_version
from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.crypto.canonical import sha256
from puumerkki.kernel.errors import FieldProblem, Invalid, NotFound, invalid
from puumerkki.kernel.eventlog.events import Event, Tier, publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.queries import require_organisations
from puumerkki.organisations.queries.visibility import any_confirmed
from puumerkki.reference.models import Scheme
from puumerkki.reference.queries import require_codes

OPEN = (AgreementState.draft, *RECORDED, AgreementState.proposed, *RUNNING)
"""States in which the working copy can be changed."""
MOST_YEARS = 50


async def draft(session: AsyncSession, *, actor: Actor, given: AgreementCreate) -> Agreement:
    """A draft, which the other parties see once it is proposed; from an application it takes over what is not given."""
    actor.require(P.agreements_write, on=given.organisation_id)
    ids = [given.organisation_id, *given.party_ids]
    if given.organisation_id in given.party_ids:
        raise invalid("/party_ids", "is_drafter", "The organisation that drafts it is a party already.")
    await require_organisations(session, ids, "/party_ids")
    starts_on, ends_on, content = given.starts_on, given.ends_on, {}
    if given.application_id is not None:
        application, applied = await _application(session, actor, given.application_id)
        content = from_application.grown(applied, applicant_id=application.applicant_id, this_year=clock.today().year)
        if application.applicant_id not in ids:
            content.pop("contributions", None)
        days = from_application.period(applied)
        if starts_on is None and ends_on is None and days is not None:
            starts_on, ends_on = days
    _require_period(starts_on, ends_on)
    content = _merged(content, given.content)
    made = Agreement(
        kind=given.kind,
        title=given.title,
        sort_key=sort_key(given.title),
        language=given.language,
        starts_on=starts_on,
        ends_on=ends_on,
        content=content,
        private={"contacts": [one.model_dump(mode="json") for one in given.contacts]},
        drafted_by_organisation_id=given.organisation_id,
        application_id=given.application_id,
    )
    await _check_content(session, content, made.private["contacts"], ids)
    session.add(made)
    await session.flush()
    _add_parties(session, made, ids)
    await tell(session, actor, made, events.AgreementDrafted, ids)
    return made


async def update(
    session: AsyncSession, *, actor: Actor, agreement_id: UUID, if_version: int | None, given: AgreementUpdate
) -> Agreement:
    """Change the working copy: any party that knows of it."""
    found, ids = await locked(session, actor, agreement_id, P.agreements_write)
    require_version(found, if_version)
    if found.state not in OPEN:
        raise errors.AgreementClosed()
    changes = given.model_dump(exclude_unset=True)
    if "party_ids" in changes:
        ids = await _set_parties(session, found, ids, given.party_ids or [])
    for name in {"title", "language", "starts_on", "ends_on"} & changes.keys():
        setattr(found, name, changes[name])
    _require_period(found.starts_on, found.ends_on)
    if found.current_version is None:
        found.sort_key = sort_key(found.title)
    if given.content is not None:
        found.content = _merged(found.content, given.content)
    if given.contacts is not None:
        found.private = {"contacts": [one.model_dump(mode="json") for one in given.contacts]}
    await _check_content(session, found.content, found.private.get("contacts", []), ids)
    await tell(session, actor, found, events.AgreementChanged, ids, changed=tuple(changes))
    return found


async def freeze(
    session: AsyncSession, actor: Actor, agreement: Agreement, organisation_id: UUID, **recorded: Any
) -> AgreementVersion:
    """The working copy becomes the next version, for an organisation, and all parties know of it.

    `recorded`: what one that is to be signed holds beside, or one that was signed on paper.
    """
    assert agreement.starts_on is not None and agreement.ends_on is not None
    snapshot = await snapshots.snapshot_of(session, agreement)
    made = AgreementVersion(
        agreement_id=agreement.id,
        number=await versions.next_number(session, agreement.id),
        title=agreement.title,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        content=agreement.content,
        snapshot=snapshot,
        digest=sha256(snapshot),
        proposed_by=actor.person_id(),
        proposed_for_organisation_id=organisation_id,
        **recorded,
    )
    session.add(made)
    await session.flush()
    agreement.current_version = made.number
    if agreement.version_in_force is None:
        agreement.sort_key = sort_key(made.title)
    for party, _ in await queries.parties(session, agreement.id):
        party.informed = True
    return made


async def locked(
    session: AsyncSession, actor: Actor, agreement_id: UUID, permission: P
) -> tuple[Agreement, tuple[UUID, ...]]:
    """The agreement, locked, and its parties; Forbidden without the permission in one that knows of it."""
    found = await queries.agreement(session, actor, agreement_id, for_update=True)
    ids = await queries.party_ids(session, found.id)
    if not any(actor.may(permission, one) for one in acting_for(found, ids)):
        raise actor.refusal(permission)
    return found, ids


def acting_for(agreement: Agreement, ids: Sequence[UUID]) -> tuple[UUID, ...]:
    """The parties that write and sign: the drafter alone before the first proposal, and of what it recorded."""
    alone = agreement.current_version is None or agreement.state in RECORDED
    return (agreement.drafted_by_organisation_id,) if alone else tuple(ids)


def as_party(actor: Actor, agreement: Agreement, ids: Sequence[UUID]) -> ForParties:
    """The actor as the workflow asks about them."""
    others = [one for one in ids if one != agreement.drafted_by_organisation_id]
    return ForParties(actor, agreement.id, acting_for(agreement, ids), others)


def may_edit(actor: Actor, agreement: Agreement, ids: Sequence[UUID]) -> bool:
    """Whether the actor may change the working copy now."""
    return agreement.state in OPEN and any(actor.may(P.agreements_write, one) for one in acting_for(agreement, ids))


async def facts_of(session: AsyncSession, actor: Actor, agreement: Agreement, ids: Sequence[UUID]) -> AgreementFacts:
    """What the guards need to know."""
    signed = await queries.signers(session, agreement)
    signing = {one.id for one in await parties_at(session, agreement.id, agreement.current_version)}
    newer = agreement.current_version != agreement.version_in_force
    is_open = newer and agreement.state in (AgreementState.proposed, *RUNNING)
    answers = await records.answers(session, agreement) if agreement.state in RECORDED else ()
    at_hand = await queries.version(session, agreement.id, agreement.current_version) if is_open or answers else None
    mine = [one for one in answers if actor.may(P.agreements_confirm, one.organisation_id)]
    unconfirmed = [one.organisation_id for one in mine if one.answer != RecordAnswer.confirmed]
    unsigned = [one for one in ids if is_open and one in signing - signed and actor.may(P.agreements_sign, one)]
    acting = acting_for(agreement, ids)
    return AgreementFacts(
        confirmed=await any_confirmed(session, [one for one in acting if actor.may(P.agreements_write, one)]),
        complete=None not in (agreement.starts_on, agreement.ends_on)
        and bool(agreement.content.get("purpose"))
        and len(ids) > 1,
        changed=await snapshots.is_changed(session, agreement),
        open_version=is_open,
        sign_for=bound_by(actor, P.agreements_sign, unsigned, at_hand),
        stands_for_signer=any(actor.may(P.agreements_sign, one) for one in set(ids) - signing),
        goes_on=await queries.successor(session, actor, agreement.id) is not None,
        confirm_for=bound_by(actor, P.agreements_confirm, unconfirmed, at_hand),
        lately=await lately(session, actor, agreement, acting),
        named_since=bool(unsigned or unconfirmed),
        dispute_for=tuple(one.organisation_id for one in mine if one.answer is None),
        over=agreement.ends_on is not None and agreement.ends_on < clock.today(),
        open_over=is_open and at_hand is not None and at_hand.ends_on < clock.today(),
        own_record=bool(mine) and await records.recorded_by(session, agreement) == actor.id,
    )


async def tell(
    session: AsyncSession,
    actor: Actor | None,
    agreement: Agreement,
    told: type[Event],
    ids: Sequence[UUID],
    *,
    changed: tuple[str, ...] = (),
    **data: Any,
) -> None:
    """Publish what happened: to the drafter alone before the first proposal. `data`: what the event tells beside."""
    seen_by = Tier.own if agreement.current_version is None else told.tier
    event = told(subject=Ref("agreement", agreement.id), related=tuple(ids), changed=changed, seen_by=seen_by, **data)
    await publish(session, event, actor_id=None if actor is None else actor.id)


def _add_parties(session: AsyncSession, agreement: Agreement, ids: Sequence[UUID]) -> None:
    session.add_all(
        AgreementParty(agreement_id=agreement.id, organisation_id=one, place=place) for place, one in enumerate(ids)
    )


async def _set_parties(
    session: AsyncSession, agreement: Agreement, ids: Sequence[UUID], further: Sequence[UUID]
) -> tuple[UUID, ...]:
    wanted = (agreement.drafted_by_organisation_id, *further)
    if wanted == tuple(ids):
        return wanted
    if agreement.current_version is not None:
        raise errors.PartiesFixed()
    if agreement.drafted_by_organisation_id in further:
        raise invalid("/party_ids", "is_drafter", "The organisation that drafts it is a party already.")
    await require_organisations(session, further, "/party_ids")
    for party, _ in await queries.parties(session, agreement.id):
        await session.delete(party)
    await session.flush()
    _add_parties(session, agreement, wanted)
    await session.flush()
    return wanted


def _merged(content: Mapping[str, Any], given: AgreementContent) -> dict[str, Any]:
    merged = {**content, **given.model_dump(mode="json", exclude_unset=True)}
    return {name: value for name, value in merged.items() if value is not None}


def _require_period(starts_on: Any, ends_on: Any) -> None:
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise invalid("/ends_on", "ends_before_start", "It ends after it starts.")
    if starts_on is not None and ends_on is not None and ends_on.year - starts_on.year > MOST_YEARS:
        raise invalid("/ends_on", "period_too_long", f"It lasts {MOST_YEARS} years at most.")


async def _application(
    session: AsyncSession, actor: Actor, application_id: UUID
) -> tuple[Application, Mapping[str, Any]]:
    """An application that the actor knows, and what it says: its newest version, before the first one its draft."""
    try:
        found = await applications.application(session, actor, application_id)
    except NotFound:
        raise invalid("/application_id", "application_unknown", "There is no such application.") from None
    newest = await newest_version(session, found)
    return found, found.content if newest is None else newest.content


async def _check_content(
    session: AsyncSession, content: Mapping[str, Any], contacts: Sequence[Mapping[str, Any]], ids: Sequence[UUID]
) -> None:
    """What names an organisation names a party; target groups are codes in use."""
    await require_codes(
        session, Scheme.target_group, content.get("target_groups", []), pointer="/content/target_groups"
    )
    known = {str(one) for one in ids}
    named = (
        ("/content/contributions", content.get("contributions", [])),
        ("/content/reporting", content.get("reporting", [])),
        ("/contacts", contacts),
    )
    problems = [
        FieldProblem(f"{pointer}/{place}/organisation_id", "not_a_party", "The organisation is no party.")
        for pointer, entries in named
        for place, one in enumerate(entries)
        if one["organisation_id"] not in known
    ]
    if problems:
        raise Invalid(problems=problems)
