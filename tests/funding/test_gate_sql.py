"""Raw SQL, as the application's own role, gets nothing past the gate and takes no mark away under it."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.models import ApplicationVersion, EndorsementState
from puumerkki.networks.models import Network
from tests.funding import gate
from tests.world import World

BEGIN = "update partner_request set state = 'in_preparation'"
THIS = " where id = :request"

PAST_THE_GATE = {
    "begin without a mark": BEGIN + THIS,
    "ask without a mark": "update partner_request set state = 'supplement_asked'" + THIS,
    "decide without a mark": "update partner_request set state = 'decided', outcome = 'commitment',"
    " decided_on = '2026-11-22'" + THIS,
    "a mark without its network": BEGIN + ", endorsement_id = :elsewhere" + THIS,
    "another application's mark": BEGIN + ", endorsement_id = :elsewhere, endorsement_network_id = :network" + THIS,
    "another network's mark": BEGIN + ", endorsement_id = :foreign, endorsement_network_id = :stranger" + THIS,
    "another network's mark as ours": BEGIN + ", endorsement_id = :foreign, endorsement_network_id = :network" + THIS,
    "a revoked mark": BEGIN + ", endorsement_id = :revoked, endorsement_network_id = :network" + THIS,
    "no policy any more": BEGIN + ", asks_mark = false" + THIS,
    "another policy": BEGIN + ", network_ids = array[cast(:stranger as uuid)], endorsement_id = :foreign,"
    " endorsement_network_id = :stranger" + THIS,
    "no policy first": "update partner_request set asks_mark = false" + THIS,
    "the generated column": BEGIN + ", gated = null" + THIS,
    "begin with deferred constraints": "set constraints all deferred; "
    + BEGIN
    + ", endorsement_id = :revoked, endorsement_network_id = :network"
    + THIS
    + "; set constraints all immediate",
    "delete the case": "delete from partner_request" + THIS,
    "a second case": "insert into partner_request (id, created_at, version, updated_at, application_id, authority_id,"
    " version_number, case_number, state, arrived_at, asks_mark, network_ids, contributions)"
    " select gen_random_uuid(), created_at, 1, updated_at, application_id, authority_id, version_number, 'X',"
    " 'in_preparation', arrived_at, false, '{}', '[]' from partner_request" + THIS,
    "the case of another application": "update partner_request set application_id = :other_application" + THIS,
    "a revoked mark revived": "update endorsement set state = 'valid' where id = :revoked",
    "another's mark moved here": "update endorsement set application_id = :application where id = :elsewhere",
    "a forged network of a mark": "update endorsement set network_id = :network where id = :foreign",
    "a forged mark on another's handling": "insert into endorsement (id, created_at, version, updated_at, number,"
    " network_id, application_id, handling_id, version_number, snapshot, digest, conditions, state, issued_at,"
    " valid_from, valid_until, credential, kid, status_index) select gen_random_uuid(), created_at, 1, updated_at,"
    " 'FORGED', :network, :application, handling_id, version_number, snapshot, digest, '[]', 'valid', issued_at,"
    " valid_from, valid_until, '', kid, -1 from endorsement where id = :elsewhere",
    "a mark whose digest is not its snapshot's": "insert into endorsement (id, created_at, version, updated_at, number,"
    " network_id, application_id, handling_id, version_number, snapshot, digest, conditions, state, issued_at,"
    " valid_from, valid_until, credential, kid, status_index) select gen_random_uuid(), created_at, 1, updated_at,"
    " 'FORGED', network_id, application_id, handling_id, version_number, '[]', digest, '[]', 'valid', issued_at,"
    " valid_from, valid_until, '', kid, -1 from endorsement where id = :revoked",
    "triggers off": "alter table partner_request disable trigger all; " + BEGIN + ", asks_mark = false" + THIS,
    "replication": "set session_replication_role = replica; " + BEGIN + THIS,
    "truncate": "truncate partner_request cascade",
}
UNDER_IT = {
    "revoke": "update endorsement set state = 'revoked' where id = :mark",
    "supersede": "update endorsement set state = 'superseded' where id = :mark",
    "revoke with deferred constraints": "set constraints all deferred;"
    " update endorsement set state = 'revoked' where id = :mark; set constraints all immediate",
    "delete": "delete from endorsement where id = :mark",
    "the generated column": "update endorsement set in_force = null where id = :mark",
    "another version under it": "update endorsement set version_number = 2 where id = :mark",
    "another snapshot": "update endorsement set snapshot = '[]' where id = :mark",
    "another snapshot and digest": "update endorsement set snapshot = '[]', digest = sha256('[]') where id = :mark",
    "another application": "update endorsement set application_id = :other_application where id = :mark",
    "another handling": "update endorsement set handling_id = (select handling_id from endorsement where id = :foreign)"
    " where id = :mark",
    "a longer life": "update endorsement set valid_until = '2040-01-01' where id = :mark",
    "another credential": "update endorsement set credential = 'x' where id = :mark",
    "the case on another version": "update partner_request set version_number = 2" + THIS,
    "the case without its mark": "update partner_request set endorsement_id = null" + THIS,
    "the case without its network": "update partner_request set endorsement_network_id = null" + THIS,
    "the case on another's mark": "update partner_request set endorsement_id = :elsewhere" + THIS,
    "the case without its policy": "update partner_request set asks_mark = false" + THIS,
    "the case's networks": "update partner_request set network_ids = array[cast(:stranger as uuid)]" + THIS,
    "another content": "update application_version set content = '{}' where application_id = :application",
    "delete the version": "delete from application_version where application_id = :application",
    "delete the handling": "delete from handling where application_id = :application",
    "truncate": "truncate endorsement cascade",
}


@dataclass
class Gate:
    """A case that waits behind the gate, and marks of all kinds around it. `ids` fill the attempts."""

    session: AsyncSession
    ids: dict[str, Any]

    async def refuses(self, attempt: str) -> None:
        """The attempt fails as a whole, and nothing has changed."""
        before = await self.state()
        with pytest.raises(DBAPIError):
            await self.attempt(attempt)
        assert await self.state() == before

    async def attempt(self, statements: str) -> None:
        connection = await self.session.connection()
        async with connection.begin_nested():
            for statement in statements.split("; "):
                wanted = {name: value for name, value in self.ids.items() if re.search(rf":{name}\b", statement)}
                await connection.execute(text(statement), wanted)

    async def state(self) -> list[Any]:
        connection = await self.session.connection()
        rows = await connection.execute(
            text(
                "select id, state, endorsement_id, version_number, gated from partner_request union all"
                " select id, state, application_id, version_number, in_force from endorsement order by 1"
            )
        )
        return [tuple(row) for row in rows]


async def _gate(world: World) -> Gate:
    waiting, other = await gate.scene(world), await gate.scene(world)
    stranger = await world.network("Toinen verkosto")
    session = world.session
    revoked = await gate.mark(session, waiting.version, waiting.network)
    revoked.state = EndorsementState.revoked
    await session.flush()
    elsewhere = await gate.mark(session, other.version, other.network)
    foreign = await gate.mark(session, waiting.version, stranger)
    await world.version(waiting.application)
    ids = {
        "request": waiting.request.id,
        "application": waiting.application.id,
        "version": waiting.version.id,
        "other_application": other.application.id,
        "network": waiting.network.id,
        "stranger": stranger.id,
        "revoked": revoked.id,
        "elsewhere": elsewhere.id,
        "foreign": foreign.id,
    }
    return Gate(session, ids)


@pytest.mark.parametrize("attempt", PAST_THE_GATE.values(), ids=PAST_THE_GATE.keys())
async def test_nothing_gets_past_the_gate(world: World, attempt: str) -> None:
    await (await _gate(world)).refuses(attempt)


@pytest.mark.parametrize("attempt", UNDER_IT.values(), ids=UNDER_IT.keys())
async def test_no_mark_is_taken_away_under_a_case(world: World, attempt: str) -> None:
    await (await _passed(world)).refuses(attempt)


async def test_with_its_mark_the_case_goes_on_and_then_the_mark_may_end(world: World) -> None:
    """So it is for the gate's sake that the attempts above fail."""
    found = await _passed(world)
    back = "update partner_request set state = 'arrived', endorsement_id = null, endorsement_network_id = null" + THIS
    for statement in (back, UNDER_IT["revoke"]):
        await found.attempt(statement)


async def _passed(world: World) -> Gate:
    """The same, where the case has passed the gate with `mark`."""
    found = await _gate(world)
    version = await world.session.get_one(ApplicationVersion, found.ids["version"])
    network = await world.session.get_one(Network, found.ids["network"])
    found.ids["mark"] = (await gate.mark(world.session, version, network)).id
    through = BEGIN + ", endorsement_id = :mark, endorsement_network_id = :network" + THIS
    await found.attempt(through)
    return found
