"""Raw SQL, by the application's role or the owner, gets nothing past the gate nor takes an endorsement away."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.endorsements.models.endorsements import EndorsementState
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.networks.models.networks import Network
from tests.conftest import owner_url
from tests.factories import World
from tests.partnerships import gate

BEGIN = "update partner_request set state = 'in_preparation'"
THIS = " where id = :request"
ROW = " where partner_request_id = :request"
MEET = "update gate_requirement set endorsement_id = :revoked, endorsement_network_id = :network" + ROW
DECIDE = (
    "update partner_request set state = 'decided', outcome = 'commitment', decided_on = '2026-11-22', grounds = '[]'"
)
LATER = "set constraints all deferred; "
NOW = "; set constraints all immediate"
OWN_ROW = "(select id from gate_requirement where partner_request_id = :request)"
WAIVER = (
    "insert into waiver (id, created_at, requirement_id, version_number, ground, reason, body, decided_on, section,"
    " decided_by, network_views) values (:waiver, now(), {row}, 1, 'law', 'x', 'x', '2026-11-22', 'x', :decider,"
    " '{{}}')"
)
RELEASE = (
    "update gate_requirement set released_at = now(), released_by = :officer,"
    " release_ground = '{ground}', release_reason = 'x'" + ROW
)
COLUMNS = (
    "id, created_at, partner_request_id, application_id, version_number, stage, network_ids, lets_open_conditions,"
    " cause, cause_version, endorsement_id, endorsement_network_id"
)

PAST_THE_GATE = {
    "begin without an endorsement": BEGIN + THIS,
    "ask without an endorsement": "update partner_request set state = 'supplement_asked'" + THIS,
    "decide without an endorsement": DECIDE + THIS,
    "decide without an endorsement, by not saying what on": DECIDE.replace(", grounds = '[]'", "") + THIS,
    "decide on forged grounds": DECIDE.replace("'[]'", '\'[{"endorsement_number": "X"}]\'') + THIS,
    "decide out of nothing, preparing on the way": LATER + MEET + "; " + BEGIN + THIS + "; " + DECIDE + THIS + NOW,
    "a negative answer that becomes a commitment": "update partner_request set state = 'decided', outcome = 'none',"
    " decided_on = '2026-11-22'" + THIS + "; update partner_request set outcome = 'commitment'" + THIS,
    "a decision by way of the withdrawal": f"update partner_request set state = 'withdrawn'{THIS}; {DECIDE}{THIS}",
    "one without its network": "update gate_requirement set endorsement_id = :elsewhere" + ROW + "; " + BEGIN + THIS,
    "another application's endorsement": "update gate_requirement set endorsement_id = :elsewhere,"
    " endorsement_network_id = :network" + ROW + "; " + BEGIN + THIS,
    "another network's endorsement": "update gate_requirement set endorsement_id = :foreign,"
    " endorsement_network_id = :stranger" + ROW + "; " + BEGIN + THIS,
    "another network's endorsement as ours": "update gate_requirement set endorsement_id = :foreign,"
    " endorsement_network_id = :network" + ROW + "; " + BEGIN + THIS,
    "a revoked endorsement": MEET + "; " + BEGIN + THIS,
    "a revoked endorsement, deferred": LATER + MEET + "; " + BEGIN + THIS + NOW,
    "no row any more": "delete from gate_requirement" + ROW,
    "all rows gone": "truncate gate_requirement cascade",
    "the row of another case": "update gate_requirement set partner_request_id = :other_request,"
    " application_id = :other_application" + ROW,
    "another row id": "update gate_requirement set id = gen_random_uuid()" + ROW,
    "another policy": "update gate_requirement set network_ids = array[cast(:stranger as uuid)]" + ROW,
    "open conditions let through": "update gate_requirement set lets_open_conditions = true" + ROW,
    "another cause": "update gate_requirement set cause = 'wider'" + ROW,
    "another cause, of a version to come": "update gate_requirement set cause = 'wider', cause_version = 2" + ROW,
    "another stage": "update gate_requirement set stage = 'in_preparation'" + ROW,
    "no stage": "update gate_requirement set stage = null" + ROW,
    "a stage of its own": LATER + "update gate_requirement set stage = 'withdrawn'" + ROW + "; " + BEGIN + THIS + NOW,
    "the generated column": "update gate_requirement set gated = null" + ROW,
    "released without a word": "update gate_requirement set released_at = now()" + ROW,
    "released though it is named": RELEASE.format(ground="wider"),
    "released as not fitting though it is named": RELEASE.format(ground="no_longer_fits"),
    "released as ended though its policy goes on": RELEASE.format(ground="policy_ended"),
    "released as undone though nobody brought it": RELEASE.format(ground="undone"),
    "brought, so that it can be undone": "update gate_requirement set cause = 'brought', brought_reason = 'x',"
    " brought_by = (select id from principal limit 1)" + ROW,
    "a waiver that is not there": "update gate_requirement set waiver_id = gen_random_uuid()" + ROW,
    "waived by an applicant": WAIVER.format(row=OWN_ROW).replace(":decider", ":applicant"),
    "waived by an officer": WAIVER.format(row=OWN_ROW).replace(":decider", ":officer"),
    "another version's waiver": WAIVER.format(row=OWN_ROW).replace("1, 'law'", "2, 'law'")
    + "; update gate_requirement set waiver_id = :waiver"
    + ROW,
    "another row's waiver": WAIVER.format(
        row="(select id from gate_requirement where partner_request_id = :other_request)"
    )
    + "; update gate_requirement set waiver_id = :waiver"
    + ROW,
    "an unmet row of a case in preparation": "insert into gate_requirement (" + COLUMNS + ") select gen_random_uuid(),"
    " created_at, partner_request_id, application_id, version_number, 'in_preparation', network_ids, false, cause,"
    " cause_version, null, null from gate_requirement" + ROW,
    "a case that begins in preparation": "insert into partner_request (id, created_at, version, updated_at,"
    " application_id, authority_id, version_number, case_number, state, arrived_at, contributions, supplements)"
    " select gen_random_uuid(), created_at, 1, updated_at, application_id, :network, version_number, 'X',"
    " 'in_preparation', arrived_at, '[]', '[]' from partner_request" + THIS,
    "delete the case": "delete from partner_request" + THIS,
    "the case of another application": "update partner_request set application_id = :other_application" + THIS,
    "a revoked endorsement revived": "update endorsement set state = 'valid' where id = :revoked",
    "another's endorsement moved here": "update endorsement set application_id = :application where id = :elsewhere",
    "a forged network of an endorsement": "update endorsement set network_id = :network where id = :foreign",
    "a forged one on another's handling": "insert into endorsement (id, created_at, version, updated_at, number,"
    " network_id, application_id, handling_id, version_number, snapshot, digest, conditions, state, issued_at,"
    " valid_from, valid_until, credential, kid, status_index) select gen_random_uuid(), created_at, 1, updated_at,"
    " 'FORGED', :network, :application, handling_id, version_number, snapshot, digest, '[]', 'valid', issued_at,"
    " valid_from, valid_until, '', kid, -1 from endorsement where id = :elsewhere",
    "one whose digest is not its snapshot's": "insert into endorsement (id, created_at, version, updated_at, number,"
    " network_id, application_id, handling_id, version_number, snapshot, digest, conditions, state, issued_at,"
    " valid_from, valid_until, credential, kid, status_index) select gen_random_uuid(), created_at, 1, updated_at,"
    " 'FORGED', network_id, application_id, handling_id, version_number, '[]', digest, '[]', 'valid', issued_at,"
    " valid_from, valid_until, '', kid, -1 from endorsement where id = :revoked",
    "truncate": "truncate partner_request cascade",
}
ONLY_THE_OWNER = {
    "triggers off": "alter table partner_request disable trigger all; " + DECIDE + THIS,
    "replication": "set session_replication_role = replica; " + BEGIN + THIS,
}
"""Whoever owns the tables, or is superuser, may switch off what guards them; the service's role is neither."""
_AS_SERVICE = PAST_THE_GATE | ONLY_THE_OWNER
UNDER_IT = {
    "revoke": "update endorsement set state = 'revoked' where id = :endorsement",
    "supersede": "update endorsement set state = 'superseded' where id = :endorsement",
    "revoke with deferred constraints": "set constraints all deferred;"
    " update endorsement set state = 'revoked' where id = :endorsement; set constraints all immediate",
    "delete": "delete from endorsement where id = :endorsement",
    "the generated column": "update endorsement set in_force = null where id = :endorsement",
    "another version under it": "update endorsement set version_number = 2 where id = :endorsement",
    "another snapshot": "update endorsement set snapshot = '[]' where id = :endorsement",
    "another snapshot and digest": "update endorsement set snapshot = '[]', digest = sha256('[]')"
    " where id = :endorsement",
    "another application": "update endorsement set application_id = :other_application where id = :endorsement",
    "another handling": "update endorsement set handling_id = (select handling_id from endorsement where id = :foreign)"
    " where id = :endorsement",
    "a longer life": "update endorsement set valid_until = '2040-01-01' where id = :endorsement",
    "another credential": "update endorsement set credential = 'x' where id = :endorsement",
    "the case on another version": "update partner_request set version_number = 2" + THIS,
    "the row without its endorsement": "update gate_requirement set endorsement_id = null" + ROW,
    "the row without its network": "update gate_requirement set endorsement_network_id = null" + ROW,
    "the row on another's endorsement": "update gate_requirement set endorsement_id = :elsewhere" + ROW,
    "the row's networks": "update gate_requirement set network_ids = array[cast(:stranger as uuid)]" + ROW,
    "the row goes": "delete from gate_requirement" + ROW,
    "another content": "update application_version set content = '{}' where application_id = :application",
    "delete the version": "delete from application_version where application_id = :application",
    "delete the handling": "delete from handling where application_id = :application",
    "truncate": "truncate endorsement cascade",
}
AFTER_IT = {
    "another outcome": "update partner_request set outcome = 'commitment'" + THIS,
    "another ground": "update partner_request set grounds = '[]'" + THIS,
    "no ground": "update partner_request set grounds = null" + THIS,
    "another version": "update partner_request set version_number = 2" + THIS,
    "another day": "update partner_request set decided_on = '2026-01-01'" + THIS,
    "another body": "update partner_request set decided_by_body = 'Joku muu'" + THIS,
    "the row on another endorsement": "update gate_requirement set endorsement_id = :foreign" + ROW,
    "released afterwards": RELEASE.format(ground="policy_ended"),
    "withdrawn": "update partner_request set state = 'withdrawn', outcome = null" + THIS,
    "waived afterwards": WAIVER.format(row=OWN_ROW) + "; update gate_requirement set waiver_id = :waiver" + ROW,
}


@dataclass
class Gate:
    """A case that waits behind the gate, and endorsements of all kinds around it. `ids` fill the attempts."""

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
                "select id, state, outcome, version_number::text, grounds::text from partner_request union all"
                " select id, stage, endorsement_id::text, network_ids::text, gated::text from gate_requirement union"
                " all select id, state, application_id::text, version_number::text, in_force::text from endorsement"
                " union all select id, '', '', '', '' from waiver order by 1"
            )
        )
        return [tuple(row) for row in rows]


async def at_the_gate(world: World) -> Gate:
    waiting, other = await gate.scene(world), await gate.scene(world)
    stranger = await world.network("Toinen verkosto")
    session = world.session
    revoked = await gate.endorse(session, waiting.version, waiting.network)
    revoked.state = EndorsementState.revoked
    await session.flush()
    elsewhere = await gate.endorse(session, other.version, other.network)
    foreign = await gate.endorse(session, waiting.version, stranger)
    await world.version(waiting.application)
    officer = await world.person((Role.officer, waiting.city.id))
    decider = await world.person((Role.decider, waiting.city.id))
    applicant = await world.person((Role.owner, waiting.association.id), (Role.decider, other.city.id))
    ids = {
        "officer": officer.id,
        "decider": decider.id,
        "applicant": applicant.id,
        "request": waiting.request.id,
        "other_request": other.request.id,
        "waiver": uuid4(),
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


@pytest.mark.parametrize("attempt", _AS_SERVICE.values(), ids=_AS_SERVICE.keys())
async def test_nothing_gets_past_the_gate(world: World, attempt: str) -> None:
    await (await at_the_gate(world)).refuses(attempt)


@pytest.mark.parametrize("attempt", UNDER_IT.values(), ids=UNDER_IT.keys())
async def test_no_endorsement_is_taken_away_under_a_case(world: World, attempt: str) -> None:
    await (await passed(world)).refuses(attempt)


@pytest.mark.parametrize("attempt", AFTER_IT.values(), ids=AFTER_IT.keys())
async def test_what_was_decided_stays_as_it_was_decided(world: World, attempt: str) -> None:
    await (await decided(world)).refuses(attempt)


async def test_the_owner_gets_no_further(server: local_postgres.LocalServer, committed_database: str) -> None:
    """All attempts once more, as the owner of the tables."""
    engine = make_engine(owner_url(server, committed_database), pool_size=1)
    async with make_sessions(engine)() as session:
        world = World(session)
        for found, attempts in ((at_the_gate, PAST_THE_GATE), (passed, UNDER_IT), (decided, AFTER_IT)):
            gate_ = await found(world)
            for attempt in attempts.values():
                await gate_.refuses(attempt)
    await engine.dispose()


async def test_with_its_endorsement_the_case_goes_on_and_then_the_endorsement_may_end(world: World) -> None:
    """So it is for the gate's sake that the attempts above fail."""
    found = await passed(world)
    back = "update partner_request set state = 'arrived'" + THIS
    let_go = "update gate_requirement set endorsement_id = null, endorsement_network_id = null" + ROW
    for statement in (back, let_go, UNDER_IT["revoke"]):
        await found.attempt(statement)


async def test_a_decision_says_what_it_stood_on_and_then_the_endorsement_may_end(world: World) -> None:
    found = await decided(world)
    await found.attempt(UNDER_IT["revoke"])
    grounds = [row[4] for row in await found.state() if row[0] == found.ids["request"]]
    assert str(found.ids["endorsement"]) in grounds[0]


@pytest.mark.parametrize("outcome", ["none", "not_taken_up"])
async def test_a_negative_answer_stands_on_nothing(world: World, outcome: str) -> None:
    found = await at_the_gate(world)
    await found.attempt(DECIDE.replace("commitment", outcome) + THIS)


async def passed(world: World) -> Gate:
    """The same, where the case has passed the gate with `endorsement`."""
    found = await at_the_gate(world)
    version = await world.session.get_one(ApplicationVersion, found.ids["version"])
    network = await world.session.get_one(Network, found.ids["network"])
    found.ids["endorsement"] = (await gate.endorse(world.session, version, network)).id
    await found.attempt(MEET.replace(":revoked", ":endorsement") + "; " + BEGIN + THIS)
    return found


async def decided(world: World) -> Gate:
    """The same, decided on it as a statement."""
    found = await passed(world)
    await found.attempt(DECIDE.replace("commitment", "statement") + THIS)
    return found
