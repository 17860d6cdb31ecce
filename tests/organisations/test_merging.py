"""The directory has one organisation twice: the two are merged, and parted again as if nothing had been."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.kernel import clock, links
from puumerkki.kernel.db import metadata
from puumerkki.networks.models.networks import MemberState
from puumerkki.organisations.models.merges import OrganisationMerge
from puumerkki.organisations.models.organisations import (
    Contact,
    ExternalId,
    Organisation,
    OrganisationRelation,
    RelationKind,
    Sector,
)
from puumerkki.organisations.service.merging import delete_expired_changes
from tests.archiving import act
from tests.factories import Client, World
from tests.organisations.test_hosts import address, mails

WHY = "Sama yhdistys on rekisterissä kahdesti."
HISTORY = {
    *("event", "event_position", "event_sequence", "mail_outbox", "idempotency_record", "mailed_link"),
    *("organisation_version", "organisation_archiving", "organisation_succession", "organisation_merge"),
    *("tie", "member_right", "office_term", "worker_loop"),
}
"""What tells what happened, and keeps doing so: a merge that is undone has happened, too."""


async def twins(world: World, **of_twin: Any) -> tuple[Organisation, Organisation]:
    """The one that goes, and the one that remains."""
    return await world.organisation("Oulun Tuki r.y.", **of_twin), await world.organisation("Oulun Tuki ry")


async def merge(who: Client, twin: Organisation, into: Organisation) -> Any:
    return await act(who, twin.id, "merge", into=str(into.id), reason=WHY)


async def rows(world: World) -> dict[str, list[Any]]:
    """Everything but history, without what every change counts on."""
    await world.session.flush()
    found = {}
    for table in sorted(set(metadata.tables) - HISTORY):
        read = await (await world.session.connection()).execute(
            text(f"select to_jsonb(t) - 'version' - 'updated_at' as row from {table} t order by to_jsonb(t)::text")
        )
        found[table] = sorted((row for (row,) in read), key=str)
    return found


def test_each_column_that_names_an_organisation_says_what_a_merge_does_with_it() -> None:
    """So that a new room, or a new column, does not forget it."""
    named = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "organisation" for key in column.foreign_keys)
        or column.name in ("organisation_id", "for_organisation_id", "scope_id")
    }
    declared = [link.name for link in links.links() if link.through is None]
    assert sorted(set(declared)) == sorted(declared), "each once"
    assert sorted(named - set(declared) - {"break_glass.scope_id"}) == []
    tables = {name: set(table.columns.keys()) for name, table in metadata.tables.items()}
    assert [one.name for one in links.links() if one.column not in tables[one.table]] == []
    counted = {one.table for one in links.links() if one.kind != links.LinkKind.stays and one.through is None}
    assert counted == set(links.THINGS)


async def test_what_names_the_one_names_the_other(world: World) -> None:
    twin, into = await twins(world, association_register_number="111.301")
    session, operator = world.session, await world.operator()
    union, network = await world.organisation("Liitto ry"), await world.network()
    mine, theirs = await world.person((Role.owner, twin.id)), await world.person((Role.owner, into.id))
    session.add_all(
        [
            Contact(organisation_id=twin.id, name="Toimisto", email="tuki@example.org", public=True),
            ExternalId(organisation_id=twin.id, scheme="innokyla", value="7"),
            ExternalId(organisation_id=twin.id, scheme="ptv", value="old"),
            ExternalId(organisation_id=into.id, scheme="ptv", value="new"),
            OrganisationRelation(
                organisation_id=twin.id,
                other_id=union.id,
                kind=RelationKind.umbrella,
                starts_on=clock.today(),
                accepted_at=clock.now(),
            ),
        ]
    )
    await world.member(network, twin)
    draft = await world.application(twin)
    seen = (await operator.get(f"/organisations/{twin.id}/merge?into={into.id}")).json()
    assert seen["obstacles"] == []
    assert seen["identifiers"] == {"association_register_number": "111.301"}
    assert {"what": "contacts", "count": 1} in seen["moves"]
    assert seen["people"] == 2
    answer = await merge(operator, twin, into)
    assert (answer.status_code, answer.json()["state"]) == (200, "archived"), answer.text
    gone = (await world.nobody.get(f"/organisations/{twin.id}")).json()
    assert gone["merged_into"] == {"id": str(into.id), "names": into.names}
    assert gone["external_ids"] == {"ptv": "old"}, "of a system in which the other has its own id, it keeps its own"
    kept = (await world.nobody.get(f"/organisations/{into.id}")).json()
    assert (kept["association_register_number"], kept["merged_into"]) == ("111.301", None)
    assert kept["external_ids"] == {"innokyla": "7", "ptv": "new"}
    [contact] = (await world.nobody.get(f"/organisations/{into.id}/contacts")).json()["items"]
    assert contact["name"] == "Toimisto"
    assert (await world.again(mine)).id == mine.id
    people = (await theirs.get(f"/organisations/{into.id}/people")).json()["items"]
    assert {one["principal_id"] for one in people} == {str(mine.id), str(theirs.id)}
    assert (await mine.get(f"/applications/{draft.id}")).json()["applicant"]["id"] == str(into.id)
    [member] = (await operator.get(f"/networks/{network.id}/members?state=active")).json()["items"]
    assert member["organisation_id"] == str(into.id)
    for one in (mine, theirs):
        assert "Organisaatiot on yhdistetty: Oulun Tuki ry" in await mails(world, address(one))
    told = (await world.nobody.get(f"/organisations/{into.id}/events")).json()["items"]
    assert "organisation.merged" in {one["type"] for one in told}
    [listed] = (await theirs.get(f"/organisations/{into.id}/merges")).json()["items"]
    assert (listed["organisation"]["id"], listed["reason"], listed["undone_at"]) == (str(twin.id), WHY, None)
    assert (await world.nobody.get(f"/organisations/{into.id}/merges")).json()["items"] == []


async def test_who_comes_acts_in_nothing_that_was_open_where_there_is_an_owner(world: World) -> None:
    twin, into = await twins(world)
    first, _ = await world.person((Role.owner, twin.id)), await world.person((Role.owner, into.id))
    assert (await merge(await world.operator(), twin, into)).status_code == 200
    grants = select(RoleGrant).where(col(RoleGrant.principal_id) == first.id)
    [grant] = (await world.session.exec(grants)).all()
    await world.session.refresh(grant)
    assert grant.scope_id == into.id
    assert grant.acts_from is not None
    lonely, empty = await twins(world)
    other = await world.person((Role.owner, lonely.id))
    assert (await merge(await world.operator(), lonely, empty)).status_code == 200
    [grant] = (await world.session.exec(select(RoleGrant).where(col(RoleGrant.principal_id) == other.id))).all()
    await world.session.refresh(grant)
    assert (grant.scope_id, grant.acts_from) == (empty.id, None)


async def test_who_merges(world: World) -> None:
    twin, into = await twins(world)
    elsewhere = await world.organisation("Oulun Tuki", home_municipality_code="091")
    city = await world.organisation("Oulu", sector=Sector.municipality)
    officer, owner = await world.person((Role.officer, city.id)), await world.person((Role.owner, twin.id))
    tied = await world.person((Role.officer, city.id), (Role.viewer, into.id))
    machine = await world.service(Role.officer, city)
    for who, status, code in (
        (world.nobody, 401, "unauthenticated"),
        (owner, 403, "forbidden"),
        (machine, 403, "people_only"),
        (tied, 403, "merges_own_organisation"),
    ):
        refused = await merge(who, twin, into)
        assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    refused = await merge(officer, elsewhere, into)
    assert (refused.status_code, refused.json()["code"]) == (403, "officer_of_both"), refused.text
    assert (await merge(officer, twin, into)).status_code == 200


async def test_what_stands_against_it(world: World) -> None:
    twin, into = await twins(world, business_id="2234567-8")
    into.business_id = "1234567-1"
    network, operator = await world.network(), await world.operator()
    application = await world.application(twin)
    await (await world.session.connection()).execute(
        text(
            "insert into application_applicant (application_id, organisation_id, asked_at, reminded)"
            " values (:application, :into, now(), 0)"
        ),
        {"application": application.id, "into": into.id},
    )
    await world.member(network, twin)
    blocked = await merge(operator, twin, into)
    assert (blocked.status_code, blocked.json()["code"]) == (409, "merge_blocked"), blocked.text
    assert [one["code"] for one in blocked.json()["obstacles"]] == ["business_id_differs", "apply_together"]
    assert blocked.json()["obstacles"][1]["things"] == [], "an operator does not know of the draft"
    city = await world.organisation("Oulu", sector=Sector.municipality)
    blocked = await merge(operator, await world.organisation("Oulun kaupunki ry"), city)
    assert [one["code"] for one in blocked.json()["obstacles"]] == ["authority_and_other"]
    gone = await world.organisation("Entinen ry", **{"confirmed_at": None, "source": None})
    refused = await merge(operator, into, gone)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "cannot_remain")


@pytest.mark.parametrize("both", ["neither", "active", "left", "requested"])
async def test_merged_and_undone_is_as_before(world: World, both: str) -> None:
    twin, into = await twins(world, association_register_number="111.301")
    session, operator = world.session, await world.operator()
    network, other = await world.network(), await world.network("Toinen")
    session.add_all(
        [
            Contact(organisation_id=twin.id, name="Toimisto", email="tuki@example.org"),
            ExternalId(organisation_id=twin.id, scheme="ptv", value="7"),
            OrganisationRelation(
                organisation_id=twin.id,
                other_id=(await world.organisation("Liitto ry")).id,
                kind=RelationKind.umbrella,
                starts_on=clock.today(),
                accepted_at=clock.now(),
            ),
        ]
    )
    await world.member(network, twin)
    await world.member(other, twin, state=MemberState.invited, accepts=False)
    if both != "neither":
        ended = clock.now() if both == "left" else None
        await world.member(network, into, state=MemberState(both), accepts=both == "active", ended_at=ended)
    await world.person((Role.owner, twin.id), (Role.viewer, into.id), (Role.viewer, twin.id))
    speaker = await world.person((Role.editor, twin.id), (Role.representative, network.id, twin.id))
    await world.application(twin)
    leading = await world.application(await world.organisation("Muu ry"))
    await (await session.connection()).execute(
        text(
            "insert into application_applicant"
            " (application_id, organisation_id, asked_at, reminded, answer, answered_at)"
            " values (:application, :twin, now(), 0, 'accepted', now())"
        ),
        {"application": leading.id, "twin": twin.id},
    )
    before = await rows(world)
    answer = await merge(operator, twin, into)
    assert answer.status_code == 200, answer.text
    assert await rows(world) != before
    answer = await act(operator, twin.id, "merge/undo")
    assert answer.status_code == 200, answer.text
    after = await rows(world)
    differ = {name: [one for one in after[name] if one not in before[name]] for name in after}
    left = differ.pop("network_member")
    assert {name: found for name, found in differ.items() if found or len(after[name]) != len(before[name])} == {}
    made = [(one["organisation_id"], one["state"]) for one in left]
    assert made == ([(str(into.id), "left")] if both == "neither" else []), "it was a member for a while"
    untied = "select count(*) from role_grant g where g.scope_kind = 'organisation' and not exists"
    assert (
        await (await session.connection()).execute(text(f"{untied} (select from tie t where t.grant_id = g.id)"))
    ).scalar_one() == 0
    held = "select count(*) from tie where principal_id = :who and organisation_id = :twin and until_at is null"
    assert (
        await (await session.connection()).execute(text(held), {"who": speaker.id, "twin": twin.id})
    ).scalar_one() == 2
    again = await merge(operator, twin, into)
    assert again.status_code == 200, "and it can be done again"


async def test_what_was_touched_since_is_not_undone(world: World) -> None:
    twin, into = await twins(world)
    operator = await world.operator()
    world.session.add(ExternalId(organisation_id=twin.id, scheme="ptv", value="7"))
    owner = await world.person((Role.owner, into.id))
    assert (await merge(operator, twin, into)).status_code == 200
    restored = await act(operator, twin.id, "restore")
    assert (restored.status_code, restored.json()["code"]) == (409, "organisation_merged"), restored.text
    await world.session.refresh(into)
    path = f"/organisations/{into.id}/external-ids/ptv"
    changed = await owner.put(path, {"value": "8"}, if_match=into.version)
    assert changed.status_code == 200, changed.text
    refused = await act(owner, twin.id, "merge/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "merge_touched"), refused.text
    assert refused.json()["changed"] == [{"what": "external_ids", "count": 1, "things": []}]
    with clock.fixed(clock.now() + timedelta(days=31)):
        await delete_expired_changes(world.session)
        late = await act(await world.again(operator), twin.id, "merge/undo")
        assert (late.status_code, late.json()["code"]) == (409, "merge_undo_late"), late.text
    kept = select(OrganisationMerge.changes).where(col(OrganisationMerge.organisation_id) == twin.id)
    assert (await world.session.exec(kept)).one() is None


async def test_an_owner_of_the_one_that_remains_parts_them(world: World) -> None:
    twin, into = await twins(world)
    owner, stranger = await world.person((Role.owner, twin.id)), await world.person()
    assert (await merge(await world.operator(), twin, into)).status_code == 200
    assert (await act(stranger, twin.id, "merge/undo")).status_code == 403
    left = text("update mail_outbox set sent_at = now()")
    await (await world.session.connection()).execute(left)
    undone = await act(owner, twin.id, "merge/undo")
    assert (undone.status_code, undone.json()["merged_into"]) == (200, None), undone.text
    assert "Organisaatioiden yhdistäminen on purettu: Oulun Tuki r.y." in await mails(world, address(owner))
    refused = await act(await world.operator(), twin.id, "merge/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_merged")
