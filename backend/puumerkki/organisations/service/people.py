"""Who has which role in an organisation, and what people declare of themselves."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import ties
from puumerkki.access.actor import Actor
from puumerkki.access.fitting import ORGANISATION_ROLES, roles_fitting
from puumerkki.access.models import Principal, PrincipalKind, TieKind
from puumerkki.access.open_cases import require_untied
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import grant_role, holders, revoke_role
from puumerkki.identity.service.invitations import send_again
from puumerkki.identity.service.offers import (
    BINDING,
    VALID,
    needs_consent,
    offer_role,
    offered_by,
    open_offer,
    withdraw_offer,
    withdraw_offers,
)
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden, NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.errors.organisations import LastOwner, PersonUnknown
from puumerkki.organisations.events.organisations import AffiliationDeclared, AffiliationWithdrawn, RolesChanged
from puumerkki.organisations.models.organisations import Affiliation, AffiliationKind, Organisation
from puumerkki.organisations.queries.people import represents, roles_of
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.service.rights import is_operator, require_people

TIES = {
    AffiliationKind.board_member: TieKind.declared,
    AffiliationKind.employee: TieKind.declared,
    AffiliationKind.close_family: TieKind.family,
}


async def put_person(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, principal_id: UUID, roles: Iterable[Role]
) -> None:
    """Give somebody exactly these roles in the organisation, or offer them to who has none there yet."""
    organisation = await readable_organisation(session, actor, organisation_id, for_update=True)
    require_people(actor, organisation_id)
    wanted = set(roles)
    principal = await session.get(Principal, principal_id)
    if principal is None:
        raise PersonUnknown()
    if unfit := wanted - roles_fitting(organisation.sector, principal.kind):
        listed = ", ".join(sorted(unfit))
        whom = "in this organisation" if principal.kind == PrincipalKind.user else "to a service account"
        raise invalid("/roles", "role_unfit", f"Not given {whom}: {listed}.")
    held = await roles_of(session, principal_id, organisation_id) & ORGANISATION_ROLES
    await _require_untied(session, actor, organisation_id, principal_id, held, wanted)
    if principal.kind != PrincipalKind.user:
        await _set_roles(session, actor, organisation, principal_id, wanted)
        return
    new = wanted - held
    asked = {one for one in new if await needs_consent(session, principal_id, organisation_id, one)}
    await _offer_roles(session, actor, organisation_id, principal_id, asked)
    # who is asked for all that is wanted keeps what they have until they answer
    now = held if asked == wanted else wanted - asked
    await _set_roles(session, actor, organisation, principal_id, now)


async def _offer_roles(
    session: AsyncSession, actor: Actor, organisation_id: UUID, principal_id: UUID, wanted: set[Role]
) -> None:
    others = set(ORGANISATION_ROLES) - wanted
    await withdraw_offers(session, scope_id=organisation_id, principal_id=principal_id, roles=others, actor_id=actor.id)
    for role in sorted(wanted):
        await offer_role(
            session,
            principal_id=principal_id,
            role=role,
            scope_kind=ScopeKind.organisation,
            scope_id=organisation_id,
            actor_id=actor.id,
            acts_from=actor.acts_from(P.people_manage, organisation_id),
        )


async def withdraw_role_offer(session: AsyncSession, *, actor: Actor, organisation_id: UUID, offer_id: UUID) -> None:
    """An offer that nobody accepted yet cannot be accepted any more. An operator withdraws their own."""
    await readable_organisation(session, actor, organisation_id)
    if not (is_operator(actor) and await offered_by(session, offer_id) == actor.id):
        require_people(actor, organisation_id)
    await withdraw_offer(session, organisation_id=organisation_id, offer_id=offer_id, actor_id=actor.id)


async def send_role_offer_again(session: AsyncSession, *, actor: Actor, organisation_id: UUID, offer_id: UUID) -> None:
    """Mail an open offer once more, as who offers it today. An operator sends their own."""
    await readable_organisation(session, actor, organisation_id)
    offer = await open_offer(session, organisation_id=organisation_id, offer_id=offer_id)
    if is_operator(actor) and offer.offered_by == actor.id:
        # as with the naming itself: it acts in nothing that is opened before it can be accepted no more
        acts_from: datetime | None = clock.now() + VALID
    else:
        require_people(actor, organisation_id)
        acts_from = actor.acts_from(P.people_manage, organisation_id)
    await send_again(session, offer=offer, actor_id=actor.id, acts_from=acts_from)


async def remove_person(session: AsyncSession, *, actor: Actor, organisation_id: UUID, principal_id: UUID) -> None:
    """Take all roles in the organisation from somebody; anybody may leave by themselves."""
    organisation = await readable_organisation(session, actor, organisation_id, for_update=True)
    if actor.id != principal_id:
        require_people(actor, organisation_id)
    held = await roles_of(session, principal_id, organisation_id) & ORGANISATION_ROLES
    if not held:
        raise PersonUnknown()
    await _require_untied(session, actor, organisation_id, principal_id, held, set())
    await _set_roles(session, actor, organisation, principal_id, set())


async def _require_untied(
    session: AsyncSession, actor: Actor, organisation_id: UUID, principal_id: UUID, held: set[Role], wanted: set[Role]
) -> None:
    """Who is tied in an open case gives and takes nothing by which it is decided. Anybody may leave by themselves."""
    leaves = principal_id == actor.id and wanted <= held
    unrepresented = not wanted and await represents(session, principal_id, organisation_id)
    if not leaves and (unrepresented or (held ^ wanted) & BINDING):
        await require_untied(session, organisation_id=organisation_id, principal_id=actor.person_id())


async def _set_roles(
    session: AsyncSession, actor: Actor, organisation: Organisation, principal_id: UUID, wanted: set[Role]
) -> None:
    held = await roles_of(session, principal_id, organisation.id) & ORGANISATION_ROLES
    if held == wanted:
        return
    if Role.owner in held - wanted and await holders(session, scope_id=organisation.id, role=Role.owner) == [
        principal_id
    ]:
        raise LastOwner()
    for role in held - wanted:
        await revoke_role(session, principal_id=principal_id, scope_id=organisation.id, role=role)
    for role in wanted - held:
        # a grant that ran out still stands in the table
        await revoke_role(session, principal_id=principal_id, scope_id=organisation.id, role=role)
        await grant_role(
            session,
            principal_id=principal_id,
            role=role,
            scope_kind=ScopeKind.organisation,
            scope_id=organisation.id,
            granted_by=actor.id,
            acts_from=actor.acts_from(P.people_manage, organisation.id),
        )
    told = RolesChanged(
        subject=Ref("organisation", organisation.id),
        changed=("roles",),
        principal_id=principal_id,
        roles=tuple(sorted(wanted)),
    )
    await publish(session, told, actor_id=actor.id)


async def put_affiliation(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, kinds: Iterable[AffiliationKind]
) -> None:
    """Declare exactly these ties to an organisation."""
    person_id = _person(actor)
    found = await readable_organisation(session, actor, organisation_id)
    wanted = sorted(set(kinds))
    await session.exec(
        delete(Affiliation).where(
            col(Affiliation.principal_id) == person_id,
            col(Affiliation.organisation_id) == found.id,
            col(Affiliation.kind).not_in(wanted),
        )
    )
    rows = [
        {
            "id": new_id(),
            "created_at": clock.now(),
            "principal_id": person_id,
            "organisation_id": found.id,
            "kind": kind,
        }
        for kind in wanted
    ]
    await session.exec(insert(Affiliation).values(rows).on_conflict_do_nothing())
    ties_now = {TIES[kind] for kind in wanted}
    await ties.declare(session, principal_id=person_id, organisation_id=found.id, kinds=ties_now)
    declared = AffiliationDeclared(subject=Ref("organisation", found.id), principal_id=person_id)
    await publish(session, declared, actor_id=person_id)


async def delete_affiliation(session: AsyncSession, *, actor: Actor, organisation_id: UUID) -> None:
    """Take back what one declared of an organisation."""
    person_id = _person(actor)
    gone = await session.exec(
        delete(Affiliation).where(
            col(Affiliation.principal_id) == person_id, col(Affiliation.organisation_id) == organisation_id
        )
    )
    if gone.rowcount == 0:
        raise NotFound()
    await ties.declare(session, principal_id=person_id, organisation_id=organisation_id, kinds=())
    await publish(session, AffiliationWithdrawn(subject=Ref("organisation", organisation_id)), actor_id=person_id)


def _person(actor: Actor) -> UUID:
    """Only people have ties."""
    person_id = actor.person_id()
    if actor.kind != PrincipalKind.user:
        raise Forbidden()
    return person_id
