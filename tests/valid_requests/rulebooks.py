"""Rulebooks of networks."""

from sqlmodel import col, select

from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule
from puumerkki.networks.models.networks import Rulebook, RulebookState
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.networks import alone, path_of

TEXTS = {"fi": "Toimimme yhdessä.\n\nKokoonnumme kuukausittain."}


RULE = {"method": "two_thirds", "quorum_percent": 60}


async def _draft(cast: Cast) -> Rulebook:
    book = Rulebook(
        network_id=cast.network.id,
        number=2,
        texts=dict(TEXTS),
        rule=DecisionRule(method=DecisionMethod.consensus).model_dump(mode="json"),
        state=RulebookState.draft,
    )
    cast.world.session.add(book)
    await cast.world.session.flush()
    return book


@operation("networks_list_rulebooks")
async def list_rulebooks(cast: Cast) -> Call:
    return Call("GET", path_of(cast, "/rulebooks"), by="anonymous")


@operation("networks_get_rulebook")
async def get_rulebook(cast: Cast) -> Call:
    return Call("GET", path_of(cast, "/rulebooks/1"), by="anonymous")


@operation("networks_compare_rulebooks")
async def compare_rulebooks(cast: Cast) -> Call:
    await _draft(cast)
    return Call("GET", path_of(cast, "/rulebooks/compare?old=1&new=2"), by="coordinator")


@operation("networks_create_rulebook")
async def create_rulebook(cast: Cast) -> Call:
    given = {"texts": TEXTS, "rule": RULE}
    return Call("POST", path_of(cast, "/rulebooks"), by="coordinator", json=given)


@operation("networks_update_rulebook")
async def update_rulebook(cast: Cast) -> Call:
    book = await _draft(cast)
    return Call("PATCH", path_of(cast, "/rulebooks/2"), by="coordinator", json={"rule": RULE}, if_match=book.version)


@operation("networks_delete_rulebook")
async def delete_rulebook(cast: Cast) -> Call:
    book = await _draft(cast)
    return Call("DELETE", path_of(cast, "/rulebooks/2"), by="coordinator", if_match=book.version)


@operation("networks_adopt_rulebook")
async def adopt_rulebook(cast: Cast) -> Call:
    book = await _draft(cast)
    await alone(cast)
    given = {"accept_by": "2099-12-31"}
    return Call("POST", path_of(cast, "/rulebooks/2/adopt"), by="coordinator", json=given, if_match=book.version)


@operation("networks_accept_rulebook")
async def accept_rulebook(cast: Cast) -> Call:
    found = await cast.world.session.exec(
        select(Rulebook.number).where(
            col(Rulebook.network_id) == cast.network.id, col(Rulebook.state) == RulebookState.in_force
        )
    )
    path = path_of(cast, f"/rulebooks/{found.one()}/acceptances/{cast.association_member.id}")
    return Call("PUT", path, by="owner")
