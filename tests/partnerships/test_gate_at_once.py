"""The gate under eight hands at once: at each of many cases eight kinds of deeds at the very same moment.

`make faults` takes fifty cases.
"""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import FastAPI

from puumerkki.applications.models.recipients import PartnerRequestState as S
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.wiring.invariants import broken
from tests.factories import Client, World
from tests.partnerships.authority import NO, WAIVER
from tests.partnerships.crowd import Crowd, Round, Start, arrive, gather
from tests.partnerships.test_partner_requests import DECISION

ROUNDS = int(os.environ.get("PUUMERKKI_GATE_ROUNDS", "28"))
"""With 28 each start meets each turn of the deeds that go round by two and by four."""
A_LOOK = 7
"""After so many rounds all invariants of the house are looked at: no round touches what an earlier one has left."""
TRIES = 3
STARTS = (
    Start(S.referred),
    Start(S.in_preparation, endorsed=True),
    Start(S.referred, row="released"),
    Start(S.supplement_asked, row="released"),
    Start(S.referred, endorsed=True),
    Start(S.decided, endorsed=True),
    Start(S.in_preparation, row="waived"),
)
OF_THE_DATABASE = {"try_again", "conflict", "gate_closed"}
"""Refusals by which only the database stopped a race or a deadlock: the house's locks do not let it come to that."""

THROUGH_THE_GATE = ("begin", "decide")


@dataclass(frozen=True)
class Deed:
    """What one person wants to do. `thing`: whose version the deed is done on."""

    kind: str
    who: Client
    thing: str
    path: str
    given: Any


@pytest.fixture
async def client(committed_database: str, app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """The API over connections of their own: for each who asks one, with room for those that come again."""
    engine = make_engine(committed_database, pool_size=20)
    app.state.sessions = make_sessions(engine)
    app.state.reads = ReadPool(committed_database)
    app.state.token_reader = TokenReader(app.state.sessions)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as made:
        yield made
    await app.state.reads.close()
    await engine.dispose()


def deeds(number: int, start: Start, crowd: Crowd, case: Round) -> Iterator[Deed]:
    """The eight of a round. What each kind does in particular goes round at a pace of its own."""
    request, application = f"/partner-requests/{case.request}", f"/applications/{case.application}"
    first, second = f"/handlings/{case.first}", f"/handlings/{case.second}"
    officer, other_officer = crowd.officers
    decides, answers, waives, undoes = crowd.deciders

    def of_case(kind: str, who: Client, action: str, given: Any = None) -> Deed:
        return Deed(kind, who, request, f"{request}/{action}", given)

    def of_row(kind: str, who: Client, place: int, action: str, given: Any) -> Deed:
        return of_case(kind, who, f"requirements/{case.rows[place]}/{action}", given)

    yield of_case("begin", officer, "begin")
    if start.state is S.decided:
        yield of_case("decide", decides, ("reopen", "keep")[number // 7 % 2])
    else:
        yield of_case("decide", decides, "decide", DECISION)
    yield of_case("answer no", answers, ("answer_none", "not_take_up")[number % 2], NO)
    yield Deed("revoke", crowd.first.representatives[0], first, f"{first}/revocation/confirm", None)
    yield of_row("waive", waives, number // 2 % 2, "waive", WAIVER | {"ground": "law"})
    if start.row == "released":
        yield of_row("rows", undoes, 1, "undo", {"reason": "Koskee sittenkin."})
    elif number % 4 == 3:
        yield of_case("rows", other_officer, "bring", {"policy_id": str(crowd.wanted.id), "reason": "Koskee."})
    else:
        yield of_row("rows", other_officer, 1, "release", {"reason": "Kaikki asukkaat."})
    if number % 3 == 2:
        supplement = start.state is S.supplement_asked
        answer = of_case("apply", crowd.editor, "answer_supplement", {"body": "20 %."})
        yield answer if supplement else of_case("apply", crowd.editor, "recall")
    else:
        action = ("submit", "withdraw")[number % 3]
        yield Deed("apply", crowd.editor, application, f"{application}/{action}", None)
    if start.endorsed:
        yield Deed("endorse", crowd.second.lead, second, f"{second}/confirm_conditions", {"met": [0]})
    else:
        yield Deed("endorse", crowd.second.lead, second, f"{second}/endorse", None)


async def _does(deed: Deed, together: asyncio.Barrier, said: list[tuple[Deed, httpx.Response]]) -> None:
    """Somebody looks, waits for the others, and does it. Who was too late looks again, and so does who met the gate."""
    for attempt in range(TRIES):
        seen = await deed.who.get(deed.thing)
        said.append((deed, seen))
        if attempt == 0:
            await together.wait()
        if not seen.is_success:
            return
        answer = await deed.who.post(deed.path, deed.given, if_match=seen.json()["version"])
        said.append((deed, answer))
        if answer.is_success or (answer.status_code != 412 and deed.kind not in THROUGH_THE_GATE):
            return


async def _edited(crowd: Crowd, case: Round) -> None:
    """The applicant has changed something that a network must look at again."""
    path = f"/applications/{case.application}"
    version = (await crowd.editor.get(path)).json()["version"]
    saved = await crowd.editor.patch(path, {"content": {"goals": "Kolmesataa."}}, if_match=version)
    assert saved.status_code == 200, saved.text


_UNMET = """
select r.state from partner_request r join gate_requirement g on g.partner_request_id = r.id
where r.id = %s and r.state in ('in_preparation', 'supplement_asked')
and g.waiver_id is null and g.released_at is null and not exists (select from endorsement e
where e.id = g.endorsement_id and e.state = 'valid' and e.network_id = any(g.network_ids)
and (e.application_id, e.version_number) = (r.application_id, r.version_number))
"""
_GROUNDLESS = """
select g.id from partner_request r join gate_requirement g on g.partner_request_id = r.id
where r.id = %s and r.state = 'decided' and r.outcome not in ('none', 'not_taken_up') and g.released_at is null
and not exists (select from jsonb_array_elements(r.grounds) one where one ->> 'requirement_id' = g.id::text
and coalesce(one ->> 'endorsement_number', one ->> 'waiver_id') is not null)
"""
_TOLD = "select type, count(*) from event where subject_id = %s group by type"
_DECIDES = ("/decide", "/answer_none", "/not_take_up")


async def _holds(url: str, case: Round, start: Start, said: list[tuple[Deed, httpx.Response]]) -> None:
    """What must be true of a round's case."""
    async with await psycopg.AsyncConnection.connect(libpq_url(url)) as connection:
        for unheard_of in (_UNMET, _GROUNDLESS):
            assert await (await connection.execute(unheard_of.encode(), (case.request,))).fetchall() == []
        told: dict[str, int] = dict(await (await connection.execute(_TOLD, (case.request,))).fetchall())
    decided, reopened = told.get("partner_request.decided", 0), told.get("partner_request.reopened", 0)
    assert decided - reopened in (0, 1), "no double decision"
    before = int(start.state is S.decided)
    answers = [one for deed, one in said if deed.path.endswith(_DECIDES) and one.request.method == "POST"]
    assert decided == before + sum(one.is_success for one in answers), "who was told of a decision has made it"


async def test_eight_kinds_of_deeds_at_once_never_pass_the_gate(
    client: httpx.AsyncClient, app: FastAPI, committed_database: str
) -> None:
    done: Counter[tuple[str, str]] = Counter()
    async with app.state.sessions() as session:
        world = World(session, client)
        crowd = await gather(world)
        await session.commit()
        for number in range(ROUNDS):
            start = STARTS[number % len(STARTS)]
            case = await arrive(world, crowd, start)
            await _edited(crowd, case)
            eight = list(deeds(number, start, crowd, case))
            assert len({deed.kind for deed in eight}) == len({deed.who.id for deed in eight}) == 8
            together, said = asyncio.Barrier(len(eight)), list[tuple[Deed, httpx.Response]]()
            first = number % len(eight)
            await asyncio.gather(*(_does(deed, together, said) for deed in eight[first:] + eight[:first]))
            for deed, answer in said:
                assert answer.status_code < 500, (number, deed.path, answer.text)
                if not answer.is_success:
                    code = answer.json()["code"]
                    assert code not in OF_THE_DATABASE, (number, deed.path, answer.text)
                if answer.request.method == "POST":
                    done[deed.kind, "done" if answer.is_success else "refused"] += 1
            await _holds(committed_database, case, start, said)
            if (number + 1) % A_LOOK == 0:
                async with await psycopg.AsyncConnection.connect(libpq_url(committed_database)) as connection:
                    assert await broken(connection) == [], f"in the {A_LOOK} rounds to {number}"
    kinds = {kind for kind, _ in done}
    assert len(kinds) == 8 and all(done[kind, "refused"] for kind in kinds), done
    assert sum(not done[kind, "done"] for kind in kinds) <= 1, "with bad luck one kind is never the first"
