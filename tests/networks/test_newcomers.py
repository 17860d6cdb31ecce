"""A coordinator invites an organisation that is not here yet."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import Tie
from puumerkki.access.roles import Role
from puumerkki.identity.models import RoleOffer
from puumerkki.identity.service.invitations import send_again
from puumerkki.organisations.models.organisations import Organisation, Sector
from tests.factories import OULU, Client, World
from tests.identity.accounts import mails_to, token_mailed
from tests.kernel.mail_reading import HtmlRead
from tests.networks.owners import three_owners

EMAIL = "aino@example.org"


def _newcomer(**more: Any) -> dict[str, Any]:
    return {
        "names": {"fi": "Uudenkylän Tuki ry"},
        "sector": "association",
        "legal_form": "registered_association",
        "home_municipality_code": OULU,
        "administrator": {"name": "Aino", "email": EMAIL, "language": "sv"},
    } | more


async def test_it_comes_unconfirmed_and_its_administrator_answers(world: World, session: AsyncSession) -> None:
    network = await world.network()
    others = await three_owners(world, network)
    second = await world.person((Role.representative, network.id, others[1].organisation_id))
    coordinator = await world.person((Role.coordinator, network.id), name="Kaisa Koordinaattori")
    made = await coordinator.post(f"/networks/{network.id}/newcomers", _newcomer())
    assert made.status_code == 201, made.text
    member = made.json()
    assert member["state"] == "invited"
    found = await session.get(Organisation, member["organisation_id"])
    assert found is not None and found.confirmed_at is None
    assert [role["role"] for role in (await coordinator.get("/me")).json()["roles"]] == ["coordinator"]
    ties = await session.exec(select(Tie.id).where(col(Tie.organisation_id) == found.id))
    assert ties.all() == [], "nobody has a part in it yet"

    message = (await mails_to(session, EMAIL))[-1]
    assert "Kaisa Koordinaattori" in message.body and "Uudenkylän Tuki ry" in message.body
    token = await token_mailed(session, EMAIL)
    accepted = await world.nobody.post("/invitations/accept", {"token": token, "also": ["editor"]})
    aino = Client(world.client, None, accepted.json()["access_token"])
    here = f"/networks/{network.id}/members/{member['id']}"
    joined = await aino.request("POST", f"{here}/accept", if_match=(await aino.get(here)).json()["version"])
    assert joined.status_code == 409, "until somebody confirms it"
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    officer = await world.person((Role.officer, city.id))
    path = f"/organisations/{found.id}"
    version = (await coordinator.get(path)).json()["version"]
    own = await coordinator.request("POST", f"{path}/confirm", if_match=version)
    assert (own.status_code, own.json()["code"]) == (403, "confirms_own_organisation")
    assert (await officer.request("POST", f"{path}/confirm", if_match=version)).status_code == 200
    joined = await aino.request("POST", f"{here}/accept", if_match=(await aino.get(here)).json()["version"])
    assert joined.status_code == 200, joined.text
    assert joined.json()["state"] == "requested", "whose account the coordinator made, another member lets in"
    version = joined.json()["version"]
    came = await second.request("POST", f"{here}/proposal/confirm", if_match=version)
    assert (came.status_code, came.json().get("state")) == (200, "active"), came.text


async def test_the_mail_says_who_invites_whom_to_what(world: World, session: AsyncSession) -> None:
    """Also when it is sent again; and a person never stands in a subject."""
    network = await world.network("Lähiverkosto")
    coordinator = await world.person((Role.coordinator, network.id), name="Kaisa Koordinaattori")
    given = _newcomer(administrator={"name": "Aino", "email": EMAIL, "language": "fi"})
    assert (await coordinator.post(f"/networks/{network.id}/newcomers", given)).status_code == 201
    offer = (await session.exec(select(RoleOffer).where(col(RoleOffer.email) == EMAIL))).one()
    offer.expires_at -= timedelta(hours=2)
    await send_again(session, offer=offer, actor_id=coordinator.id, acts_from=None)
    first, again = await mails_to(session, EMAIL)
    for message in (first, again):
        assert message.subject == "Kutsu verkostoon: Lähiverkosto"
        for line in (
            "Kutsuja: Kaisa Koordinaattori",
            "Verkosto: Lähiverkosto",
            "Organisaatio: Uudenkylän Tuki ry",
            "Roolisi: pääkäyttäjä",
        ):
            assert line in message.body.split("\n") and line in HtmlRead(message.html or "").text.split("\n")


async def test_only_who_leads_and_no_twin_unasked(world: World, session: AsyncSession) -> None:
    network = await world.network()
    path = f"/networks/{network.id}/newcomers"
    there = await world.organisation("Uudenkylän Tuki ry")
    owner = await world.person((Role.owner, there.id))
    assert (await owner.post(path, _newcomer())).status_code == 403
    coordinator = await world.person((Role.coordinator, network.id))
    twin = await coordinator.post(path, _newcomer())
    assert (twin.status_code, twin.json()["code"]) == (409, "namesake_exists")
    authority = await coordinator.post(path, _newcomer(sector="municipality", legal_form="municipality"))
    assert authority.status_code == 403
    wrong = await coordinator.post(path, _newcomer(administrator={"name": "Aino", "email": "aino"}))
    assert wrong.json()["errors"][0]["pointer"] == "/administrator/email"
    assert await mails_to(session, EMAIL) == [], "nothing is half done"


async def test_a_group_is_reached_by_who_runs_it(world: World) -> None:
    network = await world.network()
    coordinator = await world.person((Role.coordinator, network.id))
    given = _newcomer(names={"fi": "Kävelyporukka"}, legal_form="unregistered_group")
    made = await coordinator.post(f"/networks/{network.id}/newcomers", given)
    assert made.status_code == 201, made.text
