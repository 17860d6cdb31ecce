"""A row that does not come in itself keeps no other out, in lists of every kind."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest

from puumerkki.imports.engine import import_sheet
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.imports.results import ImportResult
from puumerkki.kernel import clock
from tests.factories import World
from tests.imports.helpers import bring
from tests.imports.test_import_agreements import CITY, GOOD
from tests.imports.test_import_proposals import line, prepared, sent
from tests.personas import Cast, make_cast


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


FILES = {
    "needs": "title,description,municipality,area\nA,a,Oulu,Eiole\nA,a,Oulu,\n",
    "applications": f"id,title\n{uuid4()},A\n,A\n",
    "members": "name,votes\nNaapuriapu ry,no\nNaapuriapu ry,\n",
    "calls": "name,opens,closes,minimum,maximum\nA,1.1.2027,1.2.2027,500,100\nA,1.1.2027,1.2.2027,,\n",
    "organisations": "name_fi,sector,association_register_number,home_municipality\n"
    "A ry,association,111301,Oulu\nB ry,association,111301,Oulu\nB ry,association,,Oulu\n",
}
"""The last row but one is at fault for something else; the last one is the same, and right."""


async def bring_all(cast: Cast, kind: str) -> ImportResult:
    if kind == "agreements":
        cast.city.business_id = CITY
        await cast.world.session.flush()
        alone = GOOD | {"parties": str(cast.association.id)}
        text = "\n".join("\t".join(one) for one in (GOOD, alone.values(), GOOD.values()))
        return await bring(cast, kind, text, skip_bad=True)
    if kind == "proposals":
        case = await prepared(cast)
        early = clock.today() - timedelta(days=30)
        return await sent(cast, line(case, day=early), line(case), skip_bad=True)
    if RULES[ImportKind(kind)].scope is None:
        source = io.BytesIO(FILES[kind].encode())
        return await import_sheet(
            RULES[ImportKind(kind)].sheet,
            cast.world.session,
            source=source,
            actor_id=None,
            options=ImportOptions(skip_bad=True),
        )
    return await bring(cast, kind, FILES[kind], skip_bad=True)


@pytest.mark.parametrize("kind", [*FILES, "agreements", "proposals"])
async def test_a_row_at_fault_keeps_no_other_out(cast: Cast, kind: str) -> None:
    result = await bring_all(cast, kind)
    last = 4 if kind == "organisations" else 3
    assert [(one.row, one.code.endswith("_twice")) for one in result.errors] == [(last - 1, last == 4)]
    assert result.created + result.changed + result.unchanged == last - 2
