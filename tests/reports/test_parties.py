"""What rooms above tell of their own: who knows of what is reported on, as the registry of subjects says it too."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.kernel import subjects
from puumerkki.reports import reportable
from tests.applications.drafts import submitted
from tests.factories import World
from tests.filings.test_filings import planned
from tests.personas import CALLERS
from tests.reports.test_filing_reports import scene
from tests.valid_requests.agreements import drafted, in_force, proposed


async def test_each_way_leads_to_what_the_registry_says(world: World) -> None:
    cast, funder, _ = await scene(world)
    await planned(cast, await submitted(cast), cast.city.id)
    for make in (drafted, proposed, in_force):
        await make(cast)
    connection, party = await world.session.connection(), reportable.parties()

    async def ids(statement: Select[Any], viewer: Caller) -> set[UUID]:
        return {row[0] for row in await connection.execute(statement, viewer.params())}

    known = 0
    for kind in reportable.kinds().values():
        of_kind = select(party.c.subject_id).where(party.c.subject_kind == kind.kind)
        [wanted] = await ids(of_kind, Caller())
        for caller in [funder, *(cast[name] for name in CALLERS if name != "anonymous")]:
            viewer = Caller(id=caller.id, kind=PrincipalKind.user)
            told = set[UUID]().union(*[await ids(one, viewer) for one in kind.known(viewer)])
            readable = await ids(subjects.subject(kind.kind).readable(viewer), viewer)
            assert (wanted in told) == (wanted in readable), (kind.kind, caller)
            known += wanted in told
    assert known > 10
