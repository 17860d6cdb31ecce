"""What `/me` says one may do where: as the checks of the operations decide it."""

from typing import Any

from puumerkki.access.permissions import ROLES, P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.organisations.models.organisations import OrganisationState
from tests.factories import UNCONFIRMED, Client, World


async def _held(caller: Client) -> dict[tuple[str, str | None], set[str]]:
    answer = await caller.get("/me")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["permissions"]
    return {(one["scope_kind"], one["scope_id"]): set(one["permissions"]) for one in found}


async def test_permissions_stand_by_scope_each_once(world: World) -> None:
    organisation, other, network = (
        await world.organisation(),
        await world.organisation("Toinen ry"),
        await world.network(),
    )
    person = await world.person(
        (Role.editor, organisation.id),
        (Role.signatory, organisation.id),
        (Role.viewer, other.id),
        (Role.coordinator, network.id),
    )
    assert await _held(person) == {
        (ScopeKind.organisation, str(organisation.id)): ROLES[Role.editor] | ROLES[Role.signatory],
        (ScopeKind.organisation, str(other.id)): ROLES[Role.viewer],
        (ScopeKind.network, str(network.id)): ROLES[Role.coordinator],
    }
    assert await _held(await world.person()) == {}


async def test_who_does_not_act_yet_or_any_more_has_fewer(world: World) -> None:
    new = await world.organisation("Uusi ry", **UNCONFIRMED)
    old = await world.organisation("Vanha ry", state=OrganisationState.archived)
    held = await _held(await world.person((Role.editor, new.id), (Role.editor, old.id)))
    assert P.calls_publish not in held[ScopeKind.organisation, str(new.id)]
    assert P.applications_write in held[ScopeKind.organisation, str(new.id)]
    assert P.applications_write not in held[ScopeKind.organisation, str(old.id)]
    assert P.applications_read in held[ScopeKind.organisation, str(old.id)]


async def test_whoever_runs_the_platform_leads_no_network(world: World) -> None:
    network = await world.network()
    held = await _held(await world.person((Role.operator, None), (Role.coordinator, network.id)))
    assert held[ScopeKind.platform, None] == ROLES[Role.operator]
    assert P.networks_lead not in held[ScopeKind.network, str(network.id)]
    assert P.networks_read in held[ScopeKind.network, str(network.id)]


async def test_a_service_account_has_what_its_scopes_let_through(world: World) -> None:
    organisation = await world.organisation()
    account = await world.service(Role.editor, organisation, scopes=frozenset({P.applications_read, P.people_manage}))
    assert await _held(account) == {(ScopeKind.organisation, str(organisation.id)): {P.applications_read}}
