"""Organisations are created and changed; `archiving` archives and restores them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import grant_role
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import Conflict, Forbidden, Invalid, NotFound, invalid
from puumerkki.kernel.eventlog.events import Event, Tier, publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.authority_names import holds_authority_word, refuse_authority_names
from puumerkki.organisations.errors import organisations as errors
from puumerkki.organisations.events import organisations as events
from puumerkki.organisations.models.organisations import (
    AUTHORITIES,
    ExternalId,
    LegalForm,
    Organisation,
    OrganisationState,
    RelationKind,
)
from puumerkki.organisations.naming import derived
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.rules import form_problems, identifier_problems
from puumerkki.organisations.schemas.organisations import OrganisationCreate, OrganisationUpdate
from puumerkki.organisations.schemas.relations import RelationCreate
from puumerkki.organisations.service import confirmations, contacts, history, relations
from puumerkki.organisations.service.namesakes import require_another
from puumerkki.organisations.service.rights import is_operator, require_update
from puumerkki.reference import queries as reference

IDENTITY = frozenset({"sector", "legal_form", "business_id", "association_register_number"})


async def create_organisation(
    session: AsyncSession, *, actor: Actor, given: OrganisationCreate, owned: bool = True
) -> Organisation:
    """A new organisation. The operator creates any; a person one that is no authority, and becomes its owner.

    What an officer of its home adds for others has no owner yet. Whatever else a person adds is unconfirmed.
    `owned`: False where it is of others, who are invited, and give its number themselves.
    """
    if not is_operator(actor):
        actor.person_id()
        if actor.kind != PrincipalKind.user or given.sector in AUTHORITIES:
            raise Forbidden()
    problems = form_problems(given.sector, given.legal_form)
    identifiers = identifier_problems(given.legal_form, given.business_id, given.association_register_number)
    problems += [one for one in identifiers if owned or one.code != "identifier_needed"]
    if problems:
        raise Invalid(problems=problems)
    if given.legal_form == LegalForm.unregistered_group and given.host_id is None and given.contact is None:
        raise invalid("/contact", "host_or_contact_needed", "An unregistered group needs a host or a contact.")
    values = given.model_dump(exclude={"host_id", "contact", "other_than", "for_others", "also"})
    if not is_operator(actor):
        await refuse_authority_names(session, values["names"])
    await _check_places(session, values)
    await _check_taken(session, values, None)
    await require_another(session, values["names"], other_than=given.other_than)
    made = Organisation(**(values | derived(values["names"])))
    made.municipality_codes = _served(made)
    await confirmations.begin(session, actor=actor, made=made, for_others=given.for_others)
    session.add(made)
    await publish(session, _for_whom(made, events.OrganisationCreated(subject=ref(made))), actor_id=actor.id)
    owned = owned and not is_operator(actor) and not given.for_others
    if given.also and not owned:
        raise invalid("/also", "not_expected", "Who adds an organisation for others has no roles in it.")
    for role in sorted({Role.owner, *given.also}) if owned else ():
        await grant_role(
            session,
            principal_id=actor.person_id(),
            role=role,
            scope_kind=ScopeKind.organisation,
            scope_id=made.id,
            granted_by=actor.id,
        )
    if given.contact is not None:
        await contacts.add(session, actor=actor, organisation_id=made.id, given=given.contact)
    if given.host_id is not None:
        host = RelationCreate(other_id=given.host_id, kind=RelationKind.host)
        await relations.add(session, actor=actor, organisation=made, given=host, pointer="/host_id")
    if made.confirmed_at is None:
        await confirmations.ask(session, actor=actor, organisation=made)
    await history.remember(session, organisation=made, changed_by=actor.id)
    return made


async def update_organisation(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None, given: OrganisationUpdate
) -> Organisation:
    """Change an organisation. What it is in the field and in law is the operator's to change."""
    found = await readable_organisation(session, actor, organisation_id, for_update=True)
    require_update(actor, found.id)
    changes = given.model_dump(exclude_unset=True, exclude={"other_than"})
    if {"sector", "legal_form"} & changes.keys() and not is_operator(actor):
        raise Forbidden("Sector and legal form are changed by the operator.")
    require_version(found, if_version)
    _require_active(found)
    if "names" in changes:
        await _check_names(session, actor, found, changes["names"], given.other_than)
    after = {name: changes.get(name, getattr(found, name)) for name in IDENTITY}
    if IDENTITY & changes.keys():
        problems = form_problems(after["sector"], after["legal_form"])
        problems += identifier_problems(after["legal_form"], after["business_id"], after["association_register_number"])
        if problems:
            raise Invalid(problems=problems)
        if after["legal_form"] == LegalForm.unregistered_group and found.legal_form != LegalForm.unregistered_group:
            await contacts.require_somebody(session, organisation_id=found.id)
    await _check_places(session, changes)
    await _check_taken(session, changes, found.id)
    before = {name: getattr(found, name) for name in changes}
    for name, value in changes.items():
        setattr(found, name, value)
    if "names" in changes:
        for name, value in derived(changes["names"]).items():
            setattr(found, name, value)
    served = _served(found)
    if served != found.municipality_codes:
        found.municipality_codes = served
    changed = tuple(name for name in changes if before[name] != getattr(found, name))
    if changed:
        await tell(session, actor, found, events.OrganisationChanged(subject=ref(found), changed=changed))
        await confirmations.changed(session, organisation=found, fields=changed)
    return found


async def put_external_id(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None, scheme: str, value: str
) -> Organisation:
    """Say what id the organisation has in another system."""
    found = await readable_organisation(session, actor, organisation_id, for_update=True)
    require_update(actor, found.id)
    require_version(found, if_version)
    holder = await session.exec(
        select(ExternalId.organisation_id).where(col(ExternalId.scheme) == scheme, col(ExternalId.value) == value)
    )
    if holder.first() not in (None, found.id):
        raise errors.ExternalIdTaken()
    present = (await session.exec(_external_id(found.id, scheme))).one_or_none()
    if present is not None and present.value == value:
        return found
    if present is None:
        session.add(ExternalId(organisation_id=found.id, scheme=scheme, value=value))
    else:
        present.value = value
    touch(found)
    await tell(session, actor, found, events.OrganisationChanged(subject=ref(found), changed=("external_ids",)))
    return found


async def delete_external_id(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None, scheme: str
) -> None:
    """Forget the organisation's id in another system."""
    found = await readable_organisation(session, actor, organisation_id, for_update=True)
    require_update(actor, found.id)
    require_version(found, if_version)
    if (await session.exec(_external_id(found.id, scheme))).one_or_none() is None:
        raise NotFound()
    await session.exec(
        delete(ExternalId).where(col(ExternalId.organisation_id) == found.id, col(ExternalId.scheme) == scheme)
    )
    touch(found)
    await tell(session, actor, found, events.OrganisationChanged(subject=ref(found), changed=("external_ids",)))


def _external_id(organisation_id: UUID, scheme: str) -> Any:
    return select(ExternalId).where(
        col(ExternalId.organisation_id) == organisation_id, col(ExternalId.scheme) == scheme
    )


def ref(organisation: Organisation) -> Ref:
    """The organisation as what happens is about."""
    return Ref("organisation", organisation.id)


def _served(organisation: Organisation) -> list[str]:
    """Where it works: its home is always among them."""
    home = organisation.home_municipality_code
    return sorted({*organisation.municipality_codes, *([home] if home else [])})


def _require_active(organisation: Organisation) -> None:
    if organisation.state != OrganisationState.active:
        raise errors.OrganisationArchived()


async def tell(session: AsyncSession, actor: Actor | None, organisation: Organisation, event: Event) -> None:
    """Publish a change of the organisation (None: by the clock), and keep what it now is."""
    actor_id = None if actor is None else actor.id
    await publish(session, _for_whom(organisation, event), actor_id=actor_id)
    await history.remember(session, organisation=organisation, changed_by=actor_id)


def _for_whom(organisation: Organisation, event: Event) -> Event:
    """Of what nobody has confirmed only its own people are told."""
    return event if organisation.confirmed_at else replace(event, seen_by=Tier.parties)


async def _check_names(
    session: AsyncSession, actor: Actor, found: Organisation, names: dict[str, str], other_than: list[UUID]
) -> None:
    """A name is no authority's nor, once confirmed, begins to hold an authority's word, and no namesake's unasked."""
    if not is_operator(actor) and found.sector not in AUTHORITIES:
        new = {language: name for language, name in names.items() if found.names.get(language) != name}
        await refuse_authority_names(session, new)
        if found.confirmed_at is not None and await holds_authority_word(session, new):
            raise errors.OperatorRenames()
    await require_another(session, names, other_than=other_than, present=found)


async def _check_places(session: AsyncSession, values: dict[str, Any]) -> None:
    if values.get("home_municipality_code"):
        await reference.require_municipalities(
            session, [values["home_municipality_code"]], pointer="/home_municipality_code"
        )
    if values.get("municipality_codes"):
        await reference.require_municipalities(session, values["municipality_codes"], pointer="/municipality_codes")
    if values.get("wellbeing_county_code"):
        await reference.require_counties(session, [values["wellbeing_county_code"]], pointer="/wellbeing_county_code")


async def _check_taken(session: AsyncSession, values: dict[str, Any], own_id: UUID | None) -> None:
    taken: tuple[tuple[str, type[Conflict]], ...] = (
        ("business_id", errors.BusinessIdTaken),
        ("association_register_number", errors.RegisterNumberTaken),
    )
    for name, error in taken:
        if values.get(name) is None:
            continue
        holder = await session.exec(select(Organisation.id).where(getattr(Organisation, name) == values[name]))
        if holder.first() not in (None, own_id):
            raise error()
