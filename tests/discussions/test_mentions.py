"""Mentions: only people who read the comment and whom its writer knows; told at once, once, and never twice."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.needs.models import Need, NeedState
from puumerkki.notifications.models import Notice
from puumerkki.notifications.service.mailing import mail_due
from tests.factories import Client, World
from tests.notifications.people import follow_all, mails
from tests.notifications.test_tells import begun
from tests.personas import Cast, make_cast
from tests.valid_requests.needs import make_need


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


@pytest.fixture
async def need(cast: Cast) -> Need:
    return await make_need(cast, NeedState.agreed, raised_for_organisation_id=cast.association.id)


def given(need: Need, body: str, audience: str = "applicants") -> dict[str, str]:
    return {"subject_kind": "need", "subject_id": str(need.id), "audience": audience, "body": body}


async def offered(who: Client, need: Need, q: str = "", audience: str = "applicants") -> set[str]:
    path = f"/comments/mentionable?subject_kind=need&subject_id={need.id}&audience={audience}&q={q}"
    answer = await who.get(path)
    assert answer.status_code == 200, answer.text
    return {one["name"] for one in answer.json()["items"]}


async def told(cast: Cast, who: Client) -> list[tuple[str | None, bool]]:
    """The kinds of what somebody was told, and whether it is mailed at once."""
    found = await cast.world.session.exec(
        select(Notice.kind, Notice.send_at)
        .where(col(Notice.principal_id) == who.person_id, col(Notice.position).is_not(None))
        .order_by(col(Notice.position))
    )
    return [(kind, at is not None) for kind, at in found]


async def test_whoever_is_named_hears_it_at_once_and_not_again_in_the_digest(cast: Cast, need: Need) -> None:
    await begun(cast)
    lead, other = cast["coordinator"], cast["secretary"]
    made = await lead.post("/comments", given(need, f"Ehditkö, @[{other.id}]?"))
    assert made.status_code == 201, made.text
    assert made.json()["mentions"] == [{"id": str(other.id), "name": "secretary"}]
    await follow_all(cast.world.session)
    assert await told(cast, other) == [("comment.mentioned", True)]
    assert await told(cast, cast["chair"]) == [("comment.added", False)]
    assert await told(cast, lead) == []
    listed = await other.get(f"/comments?subject_kind=need&subject_id={need.id}")
    assert listed.json()["items"][0]["mentions"] == made.json()["mentions"]


async def test_a_changed_comment_tells_whom_it_names_anew_only(cast: Cast, need: Need) -> None:
    await begun(cast)
    lead, first, second = cast["coordinator"], cast["secretary"], cast["chair"]
    made = await lead.post("/comments", given(need, f"@[{first.id}]"))
    path = made.headers["location"].removeprefix("/api/v1")
    changed = await lead.patch(path, {"body": f"@[{first.id}] @[{second.id}] @[{second.id}]"}, if_match=1)
    assert changed.status_code == 200, changed.text
    assert [one["name"] for one in changed.json()["mentions"]] == ["secretary", "chair"]
    await follow_all(cast.world.session)
    assert await told(cast, first) == [("comment.mentioned", True)]
    assert await told(cast, second) == [("comment.added", False), ("comment.mentioned", True)]


async def test_nobody_is_named_who_does_not_read_it_or_whom_the_writer_does_not_know(cast: Cast, need: Need) -> None:
    lead = cast["coordinator"]
    # the editor reads the need, but the coordinator does not see the people of the association
    for who, audience in (("outsider", "applicants"), ("editor", "applicants"), ("officer", "network")):
        refused = await lead.post("/comments", given(need, f"@[{cast[who].id}]", audience))
        assert refused.status_code == 422, who
        [fault] = refused.json()["errors"]
        assert (fault["pointer"], fault["code"]) == ("/body", "mention_unknown")
    stranger = f"@[{UUID(int=1)}]"
    assert (await lead.post("/comments", given(need, stranger))).json()["errors"][0]["code"] == "mention_unknown"
    many = " ".join(f"@[{UUID(int=number)}]" for number in range(11))
    assert (await lead.post("/comments", given(need, many))).json()["errors"][0]["code"] == "too_many_mentions"
    assert (await lead.post("/comments", given(need, "posti@example.org @[x]"))).json()["mentions"] == []


async def test_who_is_offered(cast: Cast, need: Need) -> None:
    lead, editor = cast["coordinator"], cast["editor"]
    assert {"chair", "secretary", "representative"} <= await offered(lead, need)
    assert await offered(lead, need, "SECR") == {"secretary"}
    assert "editor" not in await offered(lead, need) and "coordinator" not in await offered(lead, need)
    assert "chair" not in await offered(editor, need)
    # whoever wrote to all parties is known to all who read that
    assert (await editor.post("/comments", given(need, "Hei."))).status_code == 201
    assert await offered(lead, need, "edit") == {"editor"}
    assert await offered(lead, need, "edit", "network") == set()
    path = f"/comments/mentionable?subject_kind=need&subject_id={need.id}&audience=network"
    assert (await editor.get(path)).status_code == 403
    assert (await cast.world.nobody.get(path)).status_code == 401


async def test_suggestions_are_few(cast: Cast, need: Need) -> None:
    for number in range(12):
        await cast.world.person((Role.observer, cast.network.id), name=f"Anna {number:02}")
    assert sorted(await offered(cast["coordinator"], need, "anna")) == [f"Anna {number:02}" for number in range(8)]


async def test_who_lost_sight_of_it_is_not_told(cast: Cast, need: Need) -> None:
    await begun(cast)
    other = await cast.world.person((Role.observer, cast.network.id), name="Lähtijä")
    made = await cast["coordinator"].post("/comments", given(need, f"@[{other.id}]", "network"))
    assert made.status_code == 201, made.text
    user = await cast.world.session.get_one(User, other.person_id)
    user.state = "disabled"
    await cast.world.session.flush()
    await follow_all(cast.world.session)
    assert await told(cast, other) == []


@pytest.mark.parametrize("taken", ["removed", "named no more", "left"])
async def test_a_mention_that_is_taken_back_before_the_mail_leaves_is_not_mailed(
    cast: Cast, need: Need, taken: str
) -> None:
    await begun(cast)
    lead, other = cast["coordinator"], cast["secretary"]
    made = await lead.post("/comments", given(need, f"Ehditkö, @[{other.id}]?"))
    path = made.headers["location"].removeprefix("/api/v1")
    await follow_all(cast.world.session)
    if taken == "removed":
        assert (await lead.request("DELETE", path, if_match=1)).status_code in (200, 204)
    elif taken == "named no more":
        assert (await lead.patch(path, {"body": "Ehditkö?"}, if_match=1)).status_code == 200
    sent = await cast.world.session.exec(select(Notice.send_at).where(col(Notice.kind) == "comment.mentioned"))
    leaves = sent.one()
    assert leaves is not None
    with clock.fixed(leaves + timedelta(minutes=1)):
        await mail_due(cast.world.session)
    user = await cast.world.session.get_one(User, other.id)
    subjects = [one.subject for one in await mails(cast.world.session, user.email)]
    assert len(subjects) == (1 if taken == "left" else 0), subjects
