"""Erasing one's account sheds no tie in what is open; and nothing stays of it longer than that."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.models import KeptTie, Tie
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import ApplicationState
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.identity.models import User
from puumerkki.identity.service.cleanup import delete_expired
from puumerkki.identity.service.people import create_operator
from puumerkki.kernel import clock
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.identity.accounts import PASSWORD, token_mailed, with_password


async def _erased(scene: Scene, *roles: Any) -> str:
    """The address of an editor of the applicant who has erased their account."""
    person = await scene.world.person((Role.editor, scene.applicant.id), *roles)
    user = await with_password(scene.world, person)
    email = user.email
    answer = await person.post("/me/erase", {"password": PASSWORD}, if_match=user.version)
    assert answer.status_code == 204, answer.text
    return email


async def _kept(world: World) -> list[KeptTie]:
    return list((await world.session.exec(select(KeptTie))).all())


async def _invited_to_a(scene: Scene, email: str) -> Client:
    """The member's owner invites whoever has that address, who accepts and becomes its representative."""
    organisation = scene.members["a"].organisation_id
    owner = await scene.world.person((Role.owner, organisation))
    given = {"email": email, "name": "Uusi", "language": "fi", "role": "viewer"}
    scope = {"scope_kind": "organisation", "scope_id": str(organisation)}
    assert (await owner.post("/invitations", given | scope)).status_code == 201
    token = await token_mailed(scene.world.session, email)
    used = await scene.world.nobody.post("/invitations/accept", {"token": token})
    assert used.status_code == 200, used.text
    found = (await scene.world.session.exec(select(User).where(col(User.email) == email))).one()
    await scene.world.grant(found.id, Role.representative, scene.network.id, organisation)
    return await scene.world.again(Client(scene.world.client, found.id))


async def test_who_erases_the_account_and_is_invited_again_is_tied_as_before(world: World) -> None:
    """Attack G23: a tied editor erased the account, was invited again, and voted."""
    scene = await make_scene(world)
    email = await _erased(scene)
    [kept] = await _kept(world)
    assert (kept.organisation_id, len(kept.address_hash)) == (scene.applicant.id, 32)
    again = await _invited_to_a(scene, email)
    assert await _kept(world) == []
    await scene.to_ballot()
    voted = await scene.vote("a", "for", by=again)
    assert (voted.status_code, voted.json()["code"]) == (409, "disqualified"), voted.text
    assert (await scene.vote("a", "against")).status_code == 200, "who else speaks for the member does"


@pytest.mark.parametrize("how", ["change", "command"])
async def test_an_account_that_comes_to_have_the_address_takes_them_on(world: World, how: str) -> None:
    scene = await make_scene(world)
    email = await _erased(scene)
    if how == "command":
        user = await create_operator(world.session, email=email, name="Ylläpitäjä", password=None, language="fi")
    else:
        other = await world.person()
        user = await with_password(world, other)
        old = user.email
        asked = await other.post("/me/email-change", {"email": email})
        assert asked.is_success, asked.text
        for box in (old, email):
            token = await token_mailed(world.session, box)
            done = await world.nobody.post("/auth/email-change/use", {"token": token})
            assert done.is_success, done.text
    ties = await world.session.exec(select(Tie.organisation_id).where(col(Tie.principal_id) == user.id))
    assert scene.applicant.id in ties.all()
    assert await _kept(world) == []


async def test_it_stays_between_two_versions_and_is_erased_with_the_application(world: World) -> None:
    """Endorsed or declined nothing is open, and the next version comes all the same."""
    scene = await make_scene(world)
    (await scene.row()).state = HandlingState.declined
    await world.session.flush()
    await _erased(scene)
    await delete_expired(world.session)
    assert len(await _kept(world)) == 1
    scene.application.state = ApplicationState.closed
    await world.session.flush()
    await delete_expired(world.session)
    assert await _kept(world) == []


async def test_of_other_ties_nothing_stays(world: World) -> None:
    scene = await make_scene(world)
    other = await world.organisation("Muu ry")
    await _erased(scene, (Role.editor, other.id))
    assert [one.organisation_id for one in await _kept(world)] == [scene.applicant.id]


async def test_a_draft_keeps_it_for_a_year_at_most(world: World) -> None:
    scene = await make_scene(world)
    (await scene.row()).state = HandlingState.declined
    await world.application(scene.applicant, title="Luonnos")
    await _erased(scene)
    assert len(await _kept(world)) == 1
    with clock.fixed(clock.now() + timedelta(days=366)):
        await delete_expired(world.session)
    assert await _kept(world) == []
