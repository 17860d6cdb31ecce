"""What mails of single things are named: by what happened and to what, never by what is not for everybody to read."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.kernel.mail.composing import compose, message_id
from puumerkki.notifications import sentences
from puumerkki.notifications.sentences import sentence
from puumerkki.notifications.service.facts import facts
from puumerkki.notifications.service.following import sweep
from puumerkki.notifications.service.mailing import drop_unsent, mail_due
from puumerkki.notifications.words import BEHIND_SIGN_IN, task_words, tell_words
from tests.applications.drafts import submitted
from tests.factories import World
from tests.handlings.scene import make_scene
from tests.notifications.people import follow_all, mails, open_tasks
from tests.notifications.test_mailing import NOON, at, opened
from tests.notifications.test_tells import begun
from tests.personas import Cast, make_cast

LANGUAGES = ("fi", "sv", "en")
PLACES = frozenset(
    [
        "title",
        "count",
        "name",
        "network",
        "organisation",
        "due",
        "case",
        "number",
        "until",
        "closes",
        "time",
        "n",
        "role",
        "date",
        "place",
    ]
)
IN_SUBJECTS = PLACES - {"place", "time", "until", "n"}


def rows() -> list[dict[str, str]]:
    with Path(sentences.__file__).with_name("sentences.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["kind"])
def test_a_sentence_is_of_a_kind_and_says_the_same_in_each_language(row: dict[str, str]) -> None:
    assert row["kind"].partition("!")[0] in task_words().keys() | tell_words().keys()
    parts = [row[language].partition(" · ") for language in LANGUAGES]
    for place in (0, 2):
        named = [sorted(re.findall(r"\{(\w+)\}", part[place])) for part in parts]
        assert named[0] == named[1] == named[2]
        assert set(named[0]) <= (IN_SUBJECTS if place == 0 else PLACES)
    assert all(part[2] for part in parts)


def test_what_is_read_behind_sign_in_is_told_in_one_way() -> None:
    """A network that did not endorse and one that gave a statement write the same mail."""
    by_kind = {row.pop("kind"): row for row in rows()}
    assert by_kind["handling.declined"] == by_kind["handling.statement_given"]
    assert BEHIND_SIGN_IN - {"handling.declined", "handling.statement_given"} - by_kind.keys() == {
        "filing.granted",
        "filing.refused",
    }


def test_a_title_is_taken_as_it_is_and_cut_in_a_subject() -> None:
    title = "{network} " + "ä" * 80
    said = sentence("ballot.opened", (None,), "fi", {"title": title, "network": "Verkko", "closes": "1.1.2027"})
    assert said is not None
    assert said.subject.startswith("Äänestys on avattu: {network} ää") and len(said.subject) < 90
    assert said.line == "Verkosto: Verkko. Äänestys päättyy 1.1.2027."
    assert sentence("ballot.opened", (None,), "fi", {"title": title, "network": ""}) is None


async def of(world: World, person: Any) -> list[OutboxMessage]:
    user = await world.session.get_one(User, person.person_id)
    return [one for one in await mails(world.session, user.email) if "X-Puumerkki-Reason" in one.headers]


@pytest.fixture
async def cast(world: World) -> Cast:
    with clock.fixed(NOON):
        return await make_cast(world)


async def test_who_submits_gets_a_receipt_in_the_authoritys_name(cast: Cast) -> None:
    with at(NOON):
        await begun(cast)
        made = await submitted(cast)
        await follow_all(cast.world.session)
        await mail_due(cast.world.session)
    [one] = await of(cast.world, cast["editor"])
    assert re.fullmatch(r"Hakemus on saapunut: [A-Z]\S+", one.subject), one.subject
    assert one.sender == cast.city.names["fi"]
    assert one.root == f"application {made['id']}"
    assert f"Vastaanottaja: {cast.city.names['fi']}. Versio 1, saapunut 30.11.2026 klo 12.00." in one.body


async def test_what_happens_to_an_application_is_named_and_stands_in_one_thread(world: World) -> None:
    with clock.fixed(NOON):
        scene = await make_scene(world)
        await sweep(world.session)
        await follow_all(world.session)
        await drop_unsent(world.session)
        before = {one.id for one in await of(world, scene.editor)}
        await scene.to_ballot()
        await follow_all(world.session)
        await mail_due(world.session)
        [opening] = [one for one in await of(world, scene.editor) if one.id not in before]
        assert opening.subject.startswith("Äänestys on avattu: ")
        assert "Äänestys päättyy" in opening.body and opening.sender is not None
    assert opening.root is not None and opening.root.startswith("application ")
    first, second = compose(opening), compose(opening)
    assert first["References"] == second["In-Reply-To"] and ".thread@" in first["References"]
    assert first["Message-ID"] == message_id(opening.id) != first["References"]


async def test_the_titles_of_a_mail_are_asked_once_however_many_there_are(cast: Cast) -> None:
    session = cast.world.session
    with at(NOON):
        await opened(cast, "Kuljetukset", "Seura", "Ruoka-apu")
    tasks = await open_tasks(session)
    assert len(tasks) >= 3
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    connection = (await session.connection()).sync_connection
    counts = []
    for some in (tasks[:1], tasks):
        session.expunge_all()
        event.listen(connection, "before_cursor_execute", note)
        known = await facts(session, "fi", some, [])
        event.remove(connection, "before_cursor_execute", note)
        counts.append(len(asked))
        asked.clear()
    assert counts[0] == counts[1]
    assert {"Kuljetukset", "Seura", "Ruoka-apu"} <= set(known.titles.values())


async def test_mails_of_other_things_have_other_threads(cast: Cast) -> None:
    with at(NOON):
        await opened(cast, "Kuljetukset", "Seura")
        await mail_due(cast.world.session)
    [one] = await of(cast.world, cast["coordinator"])
    assert one.root is None and one.sender is None and one.subject == "Sinulla on 2 tehtävää"
