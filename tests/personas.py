"""One scene with everybody in it: an association, the city, a network; one person for each role, with it alone."""

from dataclasses import dataclass

from puumerkki.access.roles import Role
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


async def make_cast(world: World) -> Cast:
    """The scene, made in the world's transaction."""
    association = await world.organisation("Vanhusten Ystävät ry")
    neighbour = await world.organisation("Naapuriapu ry")
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    network = await world.network("Elämänkaari", authorities=[city])
    association_member = await world.member(network, association)
    neighbour_member = await world.member(network, neighbour)
    callers = {"anonymous": world.nobody, "outsider": await world.person(name="Ulkopuolinen")}
    for role in IN_THE_ASSOCIATION:
        callers[role] = await world.person((role, association.id), name=role)
    for role in IN_THE_CITY:
        callers[role] = await world.person((role, city.id), name=role)
    for role in IN_THE_NETWORK:
        callers[role] = await world.person((role, network.id), name=role)
    for role in FOR_THE_NEIGHBOUR:
        callers[role] = await world.person((role, network.id, neighbour.id), name=role)
    callers["operator"] = await world.operator()
    callers["service"] = await world.service(Role.editor, association)
    callers["service_without_scopes"] = await world.service(Role.editor, association, scopes=frozenset())
    assert association_member.state == neighbour_member.state == MemberState.active
    return Cast(world, association, neighbour, city, network, association_member, neighbour_member, callers)
