"""Undo of each kind that belongs to somebody: what was added is gone, what was changed is as before, all is told."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from puumerkki.access.roles import Role
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind
from tests.factories import World
from tests.imports.helpers import told
from tests.imports.test_import_agreements import lines
from tests.imports.test_import_jobs import CSV, run
from tests.imports.test_import_kinds import APPLICATIONS, CALLS, MAY, NEEDS, with_two_more
from tests.imports.test_import_steps import step
from tests.personas import Cast, make_cast

TABLES = {"members": "network_member", "needs": "need", "applications": "application", "calls": "funding_call"}
BASE = {
    "members": "Y-tunnus;Äänestää\n2077474-0;ei\n",
    "needs": NEEDS,
    "applications": APPLICATIONS,
    "calls": CALLS,
}
THEN = {
    "members": "nimi;votes\nToinen ry;kyllä\nKolmas ry;ei\n",
    "needs": "title;description;municipality\nYksinäisyys;Moni on yhä yksin.;Oulu\nUusi tarve;Uutta.;Oulu\n",
    "applications": "title;goals\nYstävätoiminta;Sata ystävää\nUusi hakemus;Uutta\n",
    "calls": "nimi;alkaa;päättyy;enintään\nKyläavustus;7.1.2027;28.2.2027;900\nUusi avustus;7.1.2027;28.2.2027;\n",
}
TOLD = {
    "members": ["member.changed", "member.invited", "member.changed", "member.called_off"],
    "needs": ["need.changed", "need.raised", "need.changed", "need.deleted"],
    "applications": ["application.changed", "application.created", "application.changed", "application.deleted"],
    "calls": ["call.changed", "call.created", "call.changed", "call.deleted"],
}


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def _sent(cast: Cast, kind: str, content: str, query: str = "", *, by: str | None = None) -> str:
    scope = str(RULES[ImportKind(kind)].scope)
    home = cast.network.id if scope == "network_id" else cast.association.id
    path = f"/imports?kind={kind}&{scope}={home}{query}"
    answer = await cast[by or min(MAY[kind])].request("POST", path, content=content.encode(), headers=CSV)
    job = await run(answer)
    assert not job.errors, job.errors
    return f"/imports/{job.id}"


async def _rows(cast: Cast, kind: str) -> Any:
    statement = f"select to_jsonb(t) - 'version' - 'updated_at' from {TABLES[kind]} t order by id"
    found = await (await cast.world.session.connection()).execute(text(statement))
    return [json.dumps(one, sort_keys=True) for (one,) in found.all()]


@pytest.mark.parametrize("kind", TABLES)
async def test_an_undo_leaves_each_kind_as_it_was(cast: Cast, kind: str) -> None:
    await with_two_more(cast)
    await _sent(cast, kind, BASE[kind])
    before, events = await _rows(cast, kind), len(await told(cast, TOLD[kind][0].split(".")[0] + "."))
    sender = cast[min(MAY[kind])]
    path = await _sent(cast, kind, THEN[kind], "&dry_run=true")
    assert await _rows(cast, kind) == before
    job = await step(sender, path, "apply")
    assert (job["state"], job["created"], job["changed"]) == ("succeeded", 1, 1)
    assert await _rows(cast, kind) != before
    assert (await step(sender, path, "undo"))["state"] == "undone"
    assert await _rows(cast, kind) == before
    since = (await told(cast, TOLD[kind][0].split(".")[0] + "."))[events:]
    assert sorted(type_ for type_, _, _ in since) == sorted(TOLD[kind])


async def test_what_binds_others_is_not_undone(cast: Cast) -> None:
    cast.city.business_id = "2077474-0"
    await cast.world.session.flush()
    path = await _sent(cast, "agreements", lines(cast), by="signatory")
    version = (await cast["signatory"].get(path)).json()["version"]
    refused = await cast["signatory"].post(f"{path}/undo", None, if_match=version)
    assert (refused.status_code, refused.json()["code"]) == (409, "undo_binds_others")


async def test_whoever_may_import_there_sees_the_rows_and_goes_on(cast: Cast) -> None:
    path = await _sent(cast, "needs", NEEDS, "&dry_run=true")
    other = await cast.world.person((Role.coordinator, cast.network.id))
    assert (await other.get(f"{path}/rows")).status_code == 200
    assert (await step(other, path, "apply"))["created"] == 2
    for role in ("observer", "editor", "outsider", "representative"):
        assert (await cast[role].get(f"{path}/rows")).status_code == 404, role
