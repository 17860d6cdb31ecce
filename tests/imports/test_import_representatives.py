"""Who speaks for an organisation in its networks, from a file: seats that nobody has, and everybody is asked."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import RoleOffer, User
from puumerkki.imports.models import ImportKind
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import MemberState, Network
from tests.factories import World
from tests.handlings.scene import make_scene
from tests.identity.accounts import token_mailed
from tests.imports.helpers import bring, counts, rows, told
from tests.imports.test_import_jobs import CSV, run
from tests.imports.test_import_steps import step
from tests.personas import Cast, make_cast

HEAD = "Verkosto;Nimi;Sähköposti;Rooli\n"


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


@pytest.fixture
async def free(cast: Cast) -> Network:
    """A network in which nobody speaks for the association yet."""
    network = await cast.world.network("Kyläverkosto")
    await cast.world.member(network, cast.association)
    return network


def _name(network: Network) -> str:
    return network.names["fi"]


async def _brought(cast: Cast, text: str) -> Any:
    return await bring(cast, "representatives", HEAD + text, by=cast["owner"].id)


def _codes(result: Any) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in result.errors]


async def _offers(cast: Cast, network: Network) -> set[tuple[str | None, str, Any]]:
    found = await rows(cast, RoleOffer, scope_id=network.id)
    return {(one.email, one.role, one.for_organisation_id) for one in found}


async def test_representatives_are_asked_once(cast: Cast, free: Network) -> None:
    text = f"{_name(free).upper()};Aino Aalto;aino@example.org;edustaja\n{free.id};Bo;bo@example.org;suppleant\n"
    assert counts(await _brought(cast, text)) == (2, 0, 0, 0)
    mine = cast.association.id
    asked = {("aino@example.org", "representative", mine), ("bo@example.org", "deputy", mine)}
    assert await _offers(cast, free) == asked
    assert counts(await _brought(cast, text)) == (0, 0, 2, 0)
    assert [type_ for type_, _, _ in await told(cast, "role.")] == ["role.offered"] * 2
    token = await token_mailed(cast.world.session, "aino@example.org")
    given = {"name": "Aino Aalto", "password": "correct horse battery staple", "token": token}
    assert (await cast.world.nobody.post("/invitations/accept", given)).status_code == 200
    grants = select(RoleGrant.role, RoleGrant.for_organisation_id).where(col(RoleGrant.scope_id) == free.id)
    assert list((await cast.world.session.exec(grants)).all()) == [(Role.representative, mine)]
    assert counts(await _brought(cast, text)) == (0, 0, 2, 0)


async def test_who_has_another_role_there_is_asked_all_the_same(cast: Cast, free: Network) -> None:
    owner = await cast.world.session.get_one(User, cast["owner"].id)
    assert counts(await _brought(cast, f"{_name(free)};O;{owner.email};edustaja\n")) == (1, 0, 0, 0)
    assert await rows(cast, RoleGrant, scope_id=free.id) == [], "nobody is given a role without their yes"


async def test_representatives_who_are_refused(cast: Cast, free: Network) -> None:
    twins = [await cast.world.network("Kaksonen") for _ in range(2)]
    asked, strange = await cast.world.network("Pyytäjä"), await cast.world.network("Vieras")
    for one in twins:
        await cast.world.member(one, cast.association)
    await cast.world.member(asked, cast.association, state=MemberState.invited)
    await cast.world.person((Role.representative, cast.network.id, cast.association.id))
    here = _name(free)
    result = await _brought(
        cast,
        f"{here};A;a@example.org;edustaja\n{here};B;b@example.org;edustaja\n{here};C;c@example.org;puheenjohtaja\n"
        f";D;d@example.org;edustaja\n{here};;e@example.org;varaedustaja\n{here};F;ei;varaedustaja\n"
        f"{_name(strange)};G;g@example.org;edustaja\nkaksonen;H;h@example.org;edustaja\n"
        f"{_name(asked)};I;i@example.org;edustaja\n{_name(cast.network)};J;j@example.org;edustaja\n",
    )
    assert sorted(_codes(result)) == [
        (3, "seat_twice"),
        (4, "representative_expected"),
        (5, "network_expected"),
        (6, "name_needed"),
        (7, "email_expected"),
        (8, "network_not_found"),
        (9, "network_of_several"),
        (10, "member_not_active"),
        (11, "seat_taken"),
    ]
    row = f"{here};A;a@example.org;edustaja\n"
    assert _codes(await bring(cast, "representatives", HEAD + row)) == [(1, "inviter_needed")]
    assert _codes(await bring(cast, "representatives", HEAD + row, by=cast["editor"].id)) == [(1, "may_not_invite")]
    assert await rows(cast, RoleOffer, scope_id=free.id) == []


async def test_a_seat_for_which_somebody_is_asked_is_taken_until_that_runs_out(cast: Cast, free: Network) -> None:
    await _brought(cast, f"{_name(free)};A;a@example.org;edustaja\n")
    other = f"{_name(free)};B;b@example.org;edustaja\n"
    assert _codes(await _brought(cast, other)) == [(2, "seat_taken")]
    for one in await rows(cast, RoleOffer, scope_id=free.id):
        one.expires_at = clock.now() - timedelta(days=1)
    await cast.world.session.flush()
    assert counts(await _brought(cast, other)) == (1, 0, 0, 0)


async def test_who_is_tied_names_nobody_there_as_by_hand(cast: Cast) -> None:
    scene = await make_scene(cast.world)
    member = scene.members["a"]
    tied = await cast.world.person((Role.owner, member.organisation_id), (Role.viewer, scene.applicant.id))
    untied = await cast.world.person((Role.owner, member.organisation_id))
    text = f"{HEAD}{_name(scene.network)};A;a@example.org;varaedustaja\n"
    refused = await bring(cast, "representatives", text, by=tied.id, at=member.organisation_id)
    assert _codes(refused) == [(2, "inviter_tied")]
    assert counts(await bring(cast, "representatives", text, by=untied.id, at=member.organisation_id)) == (1, 0, 0, 0)


async def test_only_who_names_them_by_hand_sends_them_and_an_undo_withdraws(cast: Cast, free: Network) -> None:
    content = f"{HEAD}{_name(free)};A;a@example.org;edustaja\n".encode()
    path = f"/imports?kind={ImportKind.representatives}&organisation_id={cast.association.id}"
    for role in ("editor", "signatory", "coordinator", "representative", "officer"):
        assert (await cast[role].request("POST", path, content=content, headers=CSV)).status_code == 403, role
    job = await run(await cast["owner"].request("POST", f"{path}&dry_run=true", content=content, headers=CSV))
    path = f"/imports/{job.id}"
    assert (await step(cast["owner"], path, "apply"))["created"] == 1
    [offer] = await rows(cast, RoleOffer, scope_id=free.id)
    assert (offer.scope_kind, offer.organisation_id) == (ScopeKind.network, cast.association.id)
    assert (await step(cast["owner"], path, "undo"))["state"] == "undone"
    assert await rows(cast, RoleOffer, scope_id=free.id) == []
