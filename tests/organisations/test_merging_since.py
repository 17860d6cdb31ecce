"""What people made while two organisations were merged: they can open it after the undoing, or nothing is undone."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.identity.models import MailedLink
from puumerkki.kernel import links
from puumerkki.kernel.db import metadata
from puumerkki.organisations.models.merges import OrganisationMerge
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries.merge_work import Parting, Written, work_since
from tests.archiving import act
from tests.factories import World
from tests.organisations.merge_works import WORKS
from tests.organisations.test_merging import merge
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import in_force

MAKERS = ("owner", "editor", "signatory", "funder")
UNTRIED = {
    "agreement_record_answer.organisation_id": "as a signature, by its own column",
    "agreement_withdrawal.withdrawn_for_organisation_id": "as a signature, by its own column",
    "partner_request.authority_id": "as a requirement, by the events about it",
}
"""Links whose rule is another one's, in the same words."""


def test_each_rule_of_rows_written_since_has_a_work() -> None:
    """So that whoever adds a link says, and tries, what becomes of what is made between a merge and its undoing."""
    declared = {one.name for one in links.links() if isinstance(one.since, links.Since)}
    assert declared == {name for work in WORKS.values() for name in work.links} | UNTRIED.keys()


async def merged(world: World) -> tuple[Cast, Organisation]:
    """The cast's association, with its people and an agreement, goes into a twin in which there is nobody."""
    cast, into = await make_cast(world), await world.organisation("Vanhusten Ystävät")
    await in_force(cast)
    cast.callers["funder"] = await world.person((Role.officer, cast.association.id))
    assert (await merge(cast["operator"], cast.association, into)).status_code == 200
    for role in MAKERS:
        cast.callers[role] = await world.again(cast[role])
    return cast, into


async def whose(world: World, written: Written) -> UUID:
    """Whom a row names now."""
    names = [column.name for column in metadata.tables[written.link.table].primary_key]
    # whichever part of the key was the organisation itself has changed
    key = {name: one for name, one in zip(names, json.loads(written.key), strict=True) if name != written.link.column}
    where = " and ".join(f"{name} = cast(:{name} as uuid)" for name in key)
    found = text(f"select {written.link.column} from {written.link.table} where {where}")
    rows = await (await world.session.connection()).execute(found, key)
    return UUID(str(rows.scalars().first()))


@pytest.mark.parametrize("name", sorted(WORKS))
async def test_everybody_can_open_what_they_made(world: World, name: str) -> None:
    cast, into = await merged(world)
    work, owner = WORKS[name], cast["owner"]
    path = await work.do(cast, into)
    await world.session.flush()
    standing = (
        await world.session.exec(select(OrganisationMerge).where(col(OrganisationMerge.into_id) == into.id))
    ).one()
    parting = Parting(cast.association.id, into.id, standing.created_at, standing.changes or [])
    found = await work_since(world.session, parting)
    told = {one.link.name for one in (found.stops if work.stops else found.goes)}
    assert work.links <= told
    assert bool(found.stops) == work.stops
    seen = (await owner.get(f"/organisations/{cast.association.id}/merge/undo")).json()
    assert bool(seen["changed"]) == work.stops
    assert bool(seen["goes"]) or work.stops
    undone = await act(owner, cast.association.id, "merge/undo")
    if work.stops:
        assert (undone.status_code, undone.json()["code"]) == (409, "merge_touched"), undone.text
        assert undone.json()["changed"] == seen["changed"]
        # whoever made it keeps a role in the one that remains
        for role in MAKERS:
            await world.grant(cast[role].person_id, Role.viewer, into.id)
        undone = await act(owner, cast.association.id, "merge/undo")
    assert undone.status_code == 200, undone.text
    for one in () if work.stops else found.goes:
        if one.link.name not in ("agreement_party.organisation_id", "host_asking.group_id"):
            assert await whose(world, one) == cast.association.id, one.link.name
    if path is not None and name != "accepted_to_apply":
        who = await world.again(cast["funder" if path.startswith("/calls") else "editor"])
        assert (await who.get(path)).status_code == 200


async def test_who_is_invited_in_between_comes_to_those_who_invited_them(world: World) -> None:
    cast, into = await merged(world)
    await WORKS["invitation"].do(cast, into)
    assert (await act(cast["owner"], cast.association.id, "merge/undo")).status_code == 200
    links_of = select(MailedLink.payload).where(col(MailedLink.used_at).is_(None))
    [payload] = [one for one in (await world.session.exec(links_of)).all() if one.get("role") == "editor"]
    assert payload["scope_id"] == str(cast.association.id), "the mailed link gives what the offer says"


async def test_what_both_made_stays_until_they_settle_it(world: World) -> None:
    cast, into = await merged(world)
    theirs = await world.person((Role.editor, into.id), (Role.owner, into.id))
    path = await WORKS["draft_application"].do(cast, into)
    given: dict[str, Any] = {"title": "Yhteinen kerho"}
    assert (await theirs.patch(path, given, if_match=1)).status_code == 200
    refused = await act(cast["owner"], cast.association.id, "merge/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "merge_touched"), refused.text
    [changed] = refused.json()["changed"]
    assert (changed["what"], changed["count"], changed["things"][0]["names"]) == (
        "applications",
        1,
        {"fi": "Yhteinen kerho"},
    )


async def test_what_those_made_who_stay_stays(world: World) -> None:
    cast, into = await merged(world)
    theirs = await world.person((Role.editor, into.id))
    made = await theirs.post("/applications", {"applicant_id": str(into.id), "title": "Oma", "language": "fi"})
    assert made.status_code == 201, made.text
    assert (await act(cast["owner"], cast.association.id, "merge/undo")).status_code == 200
    assert (await theirs.get(made.headers["location"].removeprefix("/api/v1"))).json()["applicant"]["id"] == str(
        into.id
    )


async def test_a_draft_that_came_with_the_merge_goes_back_as_it_is_now(world: World) -> None:
    cast, into = await make_cast(world), await world.organisation("Vanhusten Ystävät")
    draft = await world.application(cast.association)
    assert (await merge(cast["operator"], cast.association, into)).status_code == 200
    editor, owner = await world.again(cast["editor"]), await world.again(cast["owner"])
    changed = await editor.patch(f"/applications/{draft.id}", {"title": "Uusi nimi"}, if_match=draft.version + 1)
    if changed.status_code == 412:
        await world.session.refresh(draft)
        changed = await editor.patch(f"/applications/{draft.id}", {"title": "Uusi nimi"}, if_match=draft.version)
    assert changed.status_code == 200, changed.text
    assert (await act(owner, cast.association.id, "merge/undo")).status_code == 200
    await world.session.refresh(draft)
    assert (draft.applicant_id, draft.title) == (cast.association.id, "Uusi nimi")
