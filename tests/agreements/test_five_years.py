"""Five years of an agreement between three parties, day by day: every task and every mail as expected, and once."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from tests.agreements.timeline_driver import PARTIES, SIGNERS, WRITERS, Years
from tests.factories import Client, World
from tests.personas import make_cast


async def begin(years: Years) -> None:
    """Drafted by the association, signed by all three on 10 December 2027."""
    given = {
        "kind": "partnership",
        "title": "Viisi vuotta yhdessä",
        "organisation_id": str(years.ids["association"]),
        "party_ids": [str(years.ids["city"]), str(years.ids["neighbour"])],
        "starts_on": "2028-01-01",
        "ends_on": "2032-12-31",
        "content": {
            "purpose": "Kerho kahdesti viikossa.",
            "confirm_by": "02-29",
            "evaluate_by": "03-31",
            "check_contacts_by": "10-31",
            "notice_months": 3,
            "reporting": [
                {
                    "organisation_id": str(years.ids["association"]),
                    "what": "Toiminta ja talous",
                    "due": "maaliskuussa",
                    "due_by": "03-31",
                }
            ],
        },
        "contacts": [
            {"organisation_id": str(one), "name": "Yhteyshenkilö", "email": f"{party}@example.org"}
            for party, one in years.ids.items()
        ],
    }
    made = await years.call("editor", "POST", "/agreements", given)
    years.agreement = made
    await years.call("editor", "POST", f"/agreements/{made['id']}/propose", {}, if_match=made["version"])
    await years.sign_all(made)


async def rename_contact(years: Years, email: str) -> None:
    """The city names another contact person."""
    path = f"/agreements/{years.agreement['id']}"
    fresh = await years.call("officer", "GET", path)
    contacts = [one for one in fresh["contacts"] if one["organisation_id"] != str(years.ids["city"])]
    contacts.append({"organisation_id": str(years.ids["city"]), "name": "Toinen", "email": email, "deputy": False})
    await years.call("officer", "PATCH", path, {"contacts": contacts}, if_match=fresh["version"])


async def test_five_years(world: World) -> None:
    cast = await make_cast(world)
    for role in (Role.editor, Role.signatory):
        cast.callers[f"neighbour_{role}"] = await world.person((role, cast.neighbour.id))
    leaver = await world.person((Role.viewer, cast.city.id), name="Lähtijä")
    years = Years(world, cast)
    years.on(date(2027, 12, 10), lambda: begin(years))
    by_years(years)
    a_late_report(years)
    a_contact_leaves(years, leaver)
    an_amendment(years)
    successor = a_renewal(years)

    await years.live(date(2027, 12, 10), date(2033, 4, 30))

    sent = await years.mails()
    assert sent == {key: lines for key, lines in years.expected.items() if lines}
    events = (
        await world.session.exec(
            select(EventRow)
            .where(col(EventRow.subject_id) == UUID(years.agreement["id"]))
            .order_by(col(EventRow.occurred_at))
        )
    ).all()
    told = [(one.type, clock.day_of(one.occurred_at), one.data) for one in events]
    assert [data["year"] for type_, _, data in told if type_ == "agreement.confirmed"] == [2028, 2029, 2030, 2031, 2032]
    assert [(day, data["kind"]) for type_, day, data in told if type_ == "agreement.duty_late"] == [
        (date(2030, 4, 15), "report")
    ]
    assert [day for type_, day, _ in told if type_ == "agreement.expiring"] == [date(2032, 6, 30)]
    assert [day for type_, day, _ in told if type_ == "agreement.renewed"] == [date(2033, 1, 1)]
    with clock.fixed(datetime(2033, 4, 30, 12, tzinfo=clock.FINLAND)):
        ended = await years.call("editor", "GET", f"/agreements/{years.agreement['id']}")
        assert (ended["state"], ended["confirmed_year"]) == ("renewed", 2032)
        assert ended["renewed_by_id"] == successor["id"]
        following = await years.call("officer", "GET", f"/agreements/{successor['id']}")
        assert (following["state"], following["starts_on"], following["ends_on"], following["renews_id"]) == (
            "in_force", "2033-01-01", "2037-12-31", years.agreement["id"],
        )  # fmt: skip
        for role in {*WRITERS.values(), *SIGNERS.values()}:
            assert await years.tasks(role) == []


def by_years(years: Years) -> None:
    """What goes as it should, each year."""
    for year in range(2028, 2033):
        confirmed = {2028: date(2028, 2, 29), 2029: date(2029, 2, 28), 2030: date(2030, 2, 28)}
        due = confirmed.get(year, date(year, 1, 31))
        reported = date(year + 1, 3, 31)
        for party in PARTIES:
            years.done("confirmation", party, year, due, due - timedelta(days=20))
            years.done("evaluation", party, year, reported, reported - timedelta(days=3))
            if (party, year) != ("city", 2030):
                checked = date(year, 10, 31)
                years.done("contact_check", party, year, checked, checked - timedelta(days=10))
        if year != 2029:
            years.done("report", "association", year, reported, reported - timedelta(days=3))


def a_late_report(years: Years) -> None:
    """The report of 2029 comes three and a half weeks late."""
    due = date(2030, 3, 31)

    async def waits() -> None:
        assert await years.tasks("editor") == [("agreement_report_due", "2030-03-31")]
        assert await years.tasks("viewer") == []

    years.on(date(2030, 4, 20), waits)
    years.done("report", "association", 2029, due, date(2030, 4, 25))


def a_contact_leaves(years: Years, leaver: Client) -> None:
    """The city's contact person loses the last role there: the contacts are to be checked within two weeks."""
    assert leaver.id is not None

    async def named() -> None:
        await rename_contact(years, (await years.world.session.get_one(User, leaver.id)).email)

    async def leaves() -> None:
        left = await (await years.world.again(leaver)).delete(f"/organisations/{years.ids['city']}/people/{leaver.id}")
        assert left.status_code == 204, left.text
        assert await years.tasks("officer") == [("agreement_contacts_to_check", "2030-06-29")]
        path = f"/agreements/{years.agreement['id']}/duties"
        duties = (await years.call("officer", "GET", path))["items"]
        checks = [one for one in duties if one["due_on"] == "2030-06-29"]
        assert [one["available_actions"] for one in checks] == [
            [{"action": "complete", "allowed": False, "blocked_by": "contacts_outdated"}]
        ]

    years.on(date(2030, 6, 1), named)
    years.on(date(2030, 6, 15), leaves)
    years.on(date(2030, 6, 20), lambda: rename_contact(years, "uusi@example.org"))
    years.on(date(2030, 6, 20), lambda: years.complete("contact_check", "city", 2030))
    # it was told of the morning after
    years.expected[(date(2030, 6, 16), "officer")].add(("contact_check", ""))


def an_amendment(years: Years) -> None:
    """From 2031 on it is confirmed by the end of January; a first proposal, of an earlier day, is taken back."""

    async def propose(day: str) -> str:
        path = f"/agreements/{years.agreement['id']}"
        fresh = await years.call("editor", "GET", path)
        fresh = await years.call("editor", "PATCH", path, {"content": {"confirm_by": day}}, if_match=fresh["version"])
        await years.call("editor", "POST", f"{path}/propose", {}, if_match=fresh["version"])
        return path

    async def regret() -> None:
        path = await propose("01-15")
        assert await years.tasks("signatory") == [("agreement_to_sign", "2030-10-31")]
        given = {"organisation_id": str(years.ids["association"]), "version_number": 2}
        await years.call("signatory", "POST", f"{path}/sign", given)
        fresh = await years.call("officer", "GET", path)
        await years.call("officer", "POST", f"{path}/withdraw", {"reason": "Liian pian."}, if_match=fresh["version"])
        assert await years.tasks("decider") == []

    async def amend() -> None:
        await propose("01-31")
        await years.sign_all(years.agreement)

    years.on(date(2030, 10, 1), regret)
    years.on(date(2030, 11, 1), amend)


def a_renewal(years: Years) -> dict[str, Any]:
    """The association drafts what goes on; all sign it in August 2032."""
    successor: dict[str, Any] = {}

    async def renew() -> None:
        assert await years.tasks("officer") == [("agreement_renewal_to_decide", "2032-09-30")]
        given = {"organisation_id": str(years.ids["association"])}
        made = await years.call("editor", "POST", f"/agreements/{years.agreement['id']}/renew", given)
        successor.update(made)
        await years.call("editor", "POST", f"/agreements/{made['id']}/propose", {}, if_match=made["version"])

    async def agreed() -> None:
        await years.sign_all(successor)
        assert await years.tasks("officer") == []

    for party in PARTIES:
        years.mailed("renewal", party, 2032, date(2032, 9, 30), until=date(2032, 8, 20), opens=date(2032, 6, 30))
        years.mailed("confirmation", party, 2033, date(2033, 1, 31), until=date(2033, 1, 11))
        years.on(date(2033, 1, 11), lambda party=party: years.complete("confirmation", party, 2033, successor))
    years.on(date(2032, 7, 10), renew)
    years.on(date(2032, 8, 20), agreed)
    return successor
