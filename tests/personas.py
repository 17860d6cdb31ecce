"""One scene with everybody in it: an association, the city, a network; one person for each role, with it alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from puumerkki.access import ties
from puumerkki.access.models import Principal, PrincipalKind, RoleGrant
from puumerkki.access.roles import SCOPES, Role, ScopeKind
from puumerkki.identity.models import User
from puumerkki.identity.tokens import access_token
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember
from puumerkki.organisations.models.organisations import Organisation, Sector
from tests.factories import Client, World


@dataclass
class Cast:
    """`association` applies, `city` is the authority, `network` handles; `neighbour` is another member of it."""

    world: World
    association: Organisation
    neighbour: Organisation
    city: Organisation
    network: Network
    association_member: NetworkMember
    neighbour_member: NetworkMember
    callers: dict[str, Client]

    def __getitem__(self, role: str) -> Client:
        return self.callers[role]


IN_THE_ASSOCIATION = (Role.viewer, Role.editor, Role.owner, Role.signatory)
IN_THE_CITY = (Role.officer, Role.decider, Role.registry)
IN_THE_NETWORK = (Role.coordinator, Role.chair, Role.secretary, Role.observer)
FOR_THE_NEIGHBOUR = (Role.representative, Role.deputy)
CALLERS = (
    "anonymous",
    "outsider",
    *(str(role) for role in (*IN_THE_ASSOCIATION, *IN_THE_CITY, *IN_THE_NETWORK, *FOR_THE_NEIGHBOUR)),
    "operator",
)
"""Everybody who acts for themselves, in the order of the roles."""
EVERYBODY = (*CALLERS, "service", "service_without_scopes")
"""Whose answers the permission table holds."""


NAMES = {"outsider": "Ulkopuolinen", "operator": "Operaattori"}
"""What those are called whose name is not their role's."""
Held = tuple[Role, UUID | None] | tuple[Role, UUID, UUID]
"""A role, where it is held and, of one who speaks for a member, for which organisation."""


async def make_people(world: World, roles: Mapping[str, Sequence[Held]]) -> dict[str, Client]:
    """Somebody for each name with their roles, as `World.person` makes one, in a few statements for all together."""
    session = world.session
    principals = {name: Principal(kind=PrincipalKind.user) for name in roles}
    session.add_all(principals.values())
    await session.flush()
    session.add_all(
        User(id=one.id, email=f"{one.id.hex}@example.org", name=NAMES.get(name, name))
        for name, one in principals.items()
    )
    given = [(name, *held) for name, all_held in roles.items() for held in all_held]
    networks = await session.exec(select(Network.id).where(col(Network.id).in_([scope for _, _, scope, *_ in given])))
    kinds = dict.fromkeys(networks.all(), ScopeKind.network) | {None: ScopeKind.platform}
    grants = [
        RoleGrant(
            principal_id=principals[name].id,
            role=role,
            scope_kind=kinds.get(scope_id, ScopeKind.organisation),
            scope_id=scope_id,
            for_organisation_id=next(iter(for_member), None),
        )
        for name, role, scope_id, *for_member in given
    ]
    assert all(grant.role in SCOPES[grant.scope_kind] for grant in grants)
    session.add_all(grants)
    await session.flush()
    for grant in grants:
        await ties.begin_by_grant(session, grant)
    await session.flush()
    key = await current_key(session, KeyPurpose.tokens)
    return {
        name: Client(world.client, one.id, access_token(key, principal_id=one.id, kind=one.kind)[0])
        for name, one in principals.items()
    }


async def make_cast(world: World) -> Cast:
    """The scene, made in the world's transaction."""
    association = await world.organisation("Vanhusten Ystävät ry")
    neighbour = await world.organisation("Naapuriapu ry")
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    network = await world.network("Elämänkaari", authorities=[city])
    association_member = await world.member(network, association)
    neighbour_member = await world.member(network, neighbour)
    roles: dict[str, list[Held]] = {"outsider": []}
    roles |= {role: [(role, association.id)] for role in IN_THE_ASSOCIATION}
    roles |= {role: [(role, city.id)] for role in IN_THE_CITY}
    roles |= {role: [(role, network.id)] for role in IN_THE_NETWORK}
    roles |= {role: [(role, network.id, neighbour.id)] for role in FOR_THE_NEIGHBOUR}
    roles |= {"operator": [(Role.operator, None)]}
    callers = {"anonymous": world.nobody} | await make_people(world, roles)
    callers["service"] = await world.service(Role.editor, association)
    callers["service_without_scopes"] = await world.service(Role.editor, association, scopes=frozenset())
    assert association_member.state == neighbour_member.state == MemberState.active
    return Cast(world, association, neighbour, city, network, association_member, neighbour_member, callers)
