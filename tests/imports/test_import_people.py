"""People from a file are invited: once, by mail, and have nothing before they have said yes; undo withdraws."""

import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.identity.models import RoleOffer, User, UserState
from puumerkki.identity.service.offers import MOST_OPEN
from puumerkki.imports.models import ImportRow
from puumerkki.kernel import clock
from tests.factories import World
from tests.identity.accounts import mails_to, token_mailed
from tests.imports.helpers import bring, counts, rows, told
from tests.imports.test_import_jobs import CSV, run
from tests.imports.test_import_kinds import PEOPLE
from tests.imports.test_import_steps import step
from tests.personas import Cast, make_cast


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def _invited(cast: Cast, text: str) -> Any:
    return await bring(cast, "people", text, by=cast["owner"].id)


async def _offers(cast: Cast) -> set[tuple[str | None, str, str | None]]:
    found = await rows(cast, RoleOffer, scope_id=cast.association.id)
    return {(one.email, one.role, one.name) for one in found}


def _codes(result: Any) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in result.errors]


async def test_people_are_invited_once_and_mailed_once(cast: Cast) -> None:
    assert counts(await bring(cast, "people", PEOPLE, by=cast["owner"].id, dry_run=True)) == (2, 0, 0, 0)
    assert await _offers(cast) == set()
    assert await mails_to(cast.world.session, "aino@example.org") == []
    assert counts(await _invited(cast, PEOPLE)) == (2, 0, 0, 0)
    assert await _offers(cast) == {
        ("aino@example.org", "editor", "Aino Aalto"),
        ("bo@example.org", "viewer", "Bo"),
    }
    assert counts(await _invited(cast, PEOPLE)) == (0, 0, 2, 0)
    assert len(await mails_to(cast.world.session, "aino@example.org")) == 1
    [user] = await rows(cast, User, email="aino@example.org")
    assert (user.state, user.password_hash) == (UserState.invited, None)
    assert await rows(cast, RoleGrant, principal_id=user.id) == []
    assert [type_ for type_, _, _ in await told(cast, "role.")] == ["role.offered"] * 2


@pytest.mark.parametrize(
    "written",
    ["Ääri@Example.org", "Ääri Äyräs <ääri@example.org>", "mailto:ÄÄRI@example.org", "\u00a0ääri@example.org; "],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
async def test_an_address_is_read_as_people_copy_it(cast: Cast, written: str, form: Any) -> None:
    assert counts(await _invited(cast, "nimi,email,rooli\nÄ,ääri@example.org,lukija\n")) == (1, 0, 0, 0)
    again = unicodedata.normalize(form, f'name,email,role\nÄ,"{written}",viewer\n')
    assert counts(await _invited(cast, again)) == (0, 0, 1, 0)


async def test_one_address_may_have_two_roles_and_each_is_asked_for(cast: Cast) -> None:
    owner = await cast.world.session.get_one(User, cast["owner"].id)
    text = f"nimi;email;rooli\nO;{owner.email};pääkäyttäjä\nO;{owner.email};muokkaaja\nO;{owner.email};Signatory\n"
    assert counts(await _invited(cast, text)) == (2, 0, 1, 0)
    held = await rows(cast, RoleGrant, principal_id=owner.id, scope_id=cast.association.id)
    assert [one.role for one in held] == [Role.owner], "nobody is given a role without their yes"
    assert {role for _, role, _ in await _offers(cast)} == {"editor", "signatory"}


async def test_an_offer_that_ran_out_is_made_anew(cast: Cast) -> None:
    await _invited(cast, PEOPLE)
    for one in await rows(cast, RoleOffer, scope_id=cast.association.id):
        one.expires_at = clock.now() - timedelta(days=1)
    await cast.world.session.flush()
    assert counts(await _invited(cast, PEOPLE)) == (2, 0, 0, 0)
    assert len(await mails_to(cast.world.session, "aino@example.org")) == 2


async def test_people_who_are_refused(cast: Cast) -> None:
    stranger = await cast.world.person()
    result = await _invited(
        cast,
        "id;nimi;email;rooli\n;A;a@example.org;kuningas\n;B;ei osoite;lukija\n;;c@example.org;lukija\n"
        ";D;d@example.org;päättäjä\n;E;e@example.org;lukija\n;E;E@example.org;lukija\n;F;f@example.org;lukija|muokkaaja\n"
        f"{stranger.id};G;;lukija\n;H;;lukija\n;I;a@example.org, b@example.org;lukija\n"
        ";J;j@example.org;koordinaattori\n",
    )
    assert sorted(_codes(result)) == [
        (2, "role_expected"),
        (3, "email_expected"),
        (4, "name_needed"),
        (5, "role_unfit"),
        (7, "invitation_twice"),
        (8, "one_role_a_row"),
        (9, "roles_of_people"),
        (10, "email_expected"),
        (11, "email_expected"),
        (12, "role_expected"),
    ]
    assert await _offers(cast) == set()
    assert _codes(await bring(cast, "people", PEOPLE)) == [(1, "inviter_needed")]
    assert _codes(await bring(cast, "people", PEOPLE, by=cast["editor"].id)) == [(1, "may_not_invite")]


async def test_no_more_are_asked_than_may_be_open(cast: Cast) -> None:
    many = "".join(f"N;n{place}@example.org;lukija\n" for place in range(MOST_OPEN))
    result = await _invited(cast, f"nimi;email;rooli\n{many}X;x@example.org;lukija\n")
    assert _codes(result) == [(MOST_OPEN + 2, "invitations_full")]


async def test_an_undo_withdraws_what_nobody_answered(cast: Cast) -> None:
    owner, session = cast["owner"], cast.world.session
    path = f"/imports?kind=people&organisation_id={cast.association.id}&dry_run=true"
    job = await run(await owner.request("POST", path, content=PEOPLE.encode(), headers=CSV))
    path = f"/imports/{job.id}"
    assert (await step(owner, path, "apply"))["created"] == 2
    aino, bo = [await token_mailed(session, f"{one}@example.org") for one in ("aino", "bo")]
    given = {"name": "Aino Aalto", "password": "correct horse battery staple"}
    assert (await cast.world.nobody.post("/invitations/accept", given | {"token": aino})).status_code == 200
    assert (await step(owner, path, "undo"))["state"] == "undone"
    assert await _offers(cast) == set()
    late = await cast.world.nobody.post("/invitations/accept", given | {"token": bo})
    assert late.status_code == 401, "the mailed link holds no more"
    shown = (await owner.get(f"{path}/rows")).json()["items"]
    assert [(one["applied"], one["because"]) for one in shown] == [
        (True, {"code": "answered_since", "row": None}),
        (False, None),
    ]
    roles = select(RoleGrant.role).where(col(RoleGrant.scope_id) == cast.association.id)
    user = select(User.id).where(col(User.email) == "aino@example.org").scalar_subquery()
    assert (await session.exec(roles.where(col(RoleGrant.principal_id) == user))).all() == [Role.editor]
    assert [type_ for type_, _, _ in await told(cast, "role.")].count("role.offer_ended") == 1
    kept = {one.row: one.applied for one in await rows(cast, ImportRow, job_id=job.id)}
    assert kept == {2: True, 3: False}
