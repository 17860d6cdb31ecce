"""The mail of notices: what waits first, then what happened, each thing once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam
from sqlalchemy import select as core_select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.queries.applications import shown_title
from puumerkki.identity.models import User
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day, written_moment
from puumerkki.kernel.subjects import subjects
from puumerkki.networks.models.networks import Network
from puumerkki.notifications import unsubscribing
from puumerkki.notifications.models import PASSED, Notice, OpenTask, Step
from puumerkki.notifications.service.channels import LOCKED
from puumerkki.notifications.service.news import News
from puumerkki.notifications.service.reasons import followed_names
from puumerkki.notifications.words import task_words, tell_words
from puumerkki.organisations.models.organisations import Organisation

Named = TypeVar("Named", Network, Organisation)
OTHERS = {"fi": "Muilla myöhässä", "sv": "Försenat hos andra", "en": "Late with others"}
"""Before what a task of others is called."""
SHOWN = 20
"""So many things a mail lists; of the rest it says how many."""


@dataclass(frozen=True)
class Line:
    """A notice with its task; one of an event has none."""

    notice: Notice
    task: OpenTask | None


async def write(session: AsyncSession, person: UUID, lines: Sequence[Line], news: Sequence[News]) -> None:
    """One mail with all of it.

    It can be unsubscribed from by one click where it tells what happened and nothing that is locked (RFC 8058).
    """
    reader = await session.get_one(User, person)
    told = await _told(session, reader.language, lines)
    new = await _new(session, reader.language, news)
    shown, shown_new = told[:SHOWN], new[:SHOWN]
    free = bool(news) and not any(one.tell.row in LOCKED for one in news)
    await mail.send(
        session,
        to=reader.email,
        package="puumerkki.notifications",
        template="notices",
        language=reader.language,
        envelope=mail.Envelope(
            reason="task" if told else str(news[0].tell.row),
            unsubscribe=unsubscribing.address(person) if free else None,
        ),
        name=reader.name,
        count=len(told),
        others=bool(told) and all(one["others"] for one in told),
        items=shown,
        more=len(told) - len(shown),
        one=told[0] if len(told) == 1 and not new else None,
        news=shown_new,
        new_count=len(new),
        new_more=len(new) - len(shown_new),
        followed=await followed_names(session, person, reader.language, news),
        other_reasons=any(not one.tell.followers for one in news),
        new_one=new[0] if len(new) == 1 and not told else None,
        today=written_day(clock.today(), reader.language),
        desk=mail.link(reader.language, "work"),
        bell=mail.link(reader.language, "notices"),
        choices=mail.link(reader.language, "profile/notices"),
    )


async def _new(session: AsyncSession, language: str, news: Sequence[News]) -> list[dict[str, Any]]:
    """Each thing with what happened to it, the newest first, and what is alike once."""
    counted: dict[tuple[str, UUID], dict[str, Any]] = {}
    for one in sorted(news, key=lambda each: each.notice.position or 0, reverse=True):
        key = one.event.type, one.notice.root_id or one.event.subject_id
        if key in counted:
            counted[key]["count"] += one.notice.count
            continue
        place = f"to/{one.event.type}/{one.notice.root_kind}/{one.notice.root_id}"
        counted[key] = {
            "label": tell_words()[one.event.type][language],
            "title": await _title_of(session, one, language),
            "count": one.notice.count,
            "case_number": one.event.data.get("case_number"),
            "at": written_moment(one.event.occurred_at, language),
            "where": [display_name(names, language) for names in await _around(session, one.notice)],
            "link": mail.link(language, place),
        }
    return list(counted.values())


async def _title_of(session: AsyncSession, news: News, language: str) -> str:
    """What its subject is called, as its reader may know it: an application by the version that was sent."""
    kind, key = str(news.notice.root_kind), bindparam("subject_id", news.notice.root_id, type_=Uuid())
    known = subjects().get(kind)
    made: ColumnElement[Any] | None = None
    if kind == "application":
        made = shown_title(key)
    elif known is not None and known.title_sql is not None:
        made = known.title_sql(key)
    found = None
    if made is not None:
        found = (await (await session.connection()).execute(core_select(made))).scalar()
    if not found and (network := await _found(session, Network, news.notice.network_id)) is not None:
        found = network.names
    return display_name(dict(found), language) if found else ""


async def _told(session: AsyncSession, language: str, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Each thing once, though it waits for several reasons or members, with the most pressing of its reminders.

    Where tasks are late elsewhere, each kind once, with how many they are: not which, nor by when.
    """
    told: dict[tuple[str, UUID, bool], dict[str, Any]] = {}
    for line in lines:
        task, step = line.task, line.notice.step
        assert task is not None
        blind = step == Step.late_elsewhere
        root = line.notice.root_id if blind else task.subject_id
        assert root is not None
        item = told.get((task.kind, root, step in PASSED))
        if item is None:
            title = {} if blind else await _title(session, task)
            item = told[task.kind, root, step in PASSED] = {
                "label": task_words()[task.kind][language],
                "title": display_name(title, language) if title else "",
                "where": [],
                "due": None if blind else task.due_on and written_day(task.due_on, language),
                "late": step not in PASSED and task.due_on is not None and task.due_on < clock.today(),
                "others": step in PASSED,
                "tasks": 0,
                "reminder": False,
                "link": mail.link(language, _root_page(line.notice) if blind else _place(task)),
            }
        item["tasks"] += 1
        item["reminder"] = item["reminder"] or step != Step.opened
        for names in await _around(session, line.notice if blind else task):
            if (name := display_name(names, language)) not in item["where"]:
                item["where"].append(name)
    for item in told.values():
        if item["others"]:
            number = f" ({item['tasks']})" if not item["title"] else ""
            item["label"] = f"{OTHERS[language]}: {item['label']}{number}"
    return list(told.values())


def _root_page(notice: Notice) -> str:
    """The page of the network or organisation in which something is late."""
    return f"{notice.root_kind}s/{notice.root_id}"


def _place(task: OpenTask) -> str:
    """The app's page that leads on to where the task is done."""
    around = {"network": task.network_id, "organisation": task.organisation_id}
    asked = urlencode({name: str(one) for name, one in around.items() if one is not None})
    return f"to/{task.kind}/{task.subject_kind}/{task.subject_id}?{asked}".removesuffix("?")


async def _title(session: AsyncSession, task: OpenTask) -> Mapping[str, str]:
    """What the subject is called; what has no title of its own is called as its network, if it has one."""
    known = subjects().get(task.subject_kind)
    if known is not None and known.title_sql is not None:
        statement = core_select(known.title_sql(bindparam("subject_id", task.subject_id, type_=Uuid())))
        found = (await (await session.connection()).execute(statement)).scalar()
        if found:
            return dict(found)
    network = await _found(session, Network, task.network_id)
    return network.names if network else {}


async def _around(session: AsyncSession, task: OpenTask | Notice) -> list[Mapping[str, str]]:
    around = (
        await _found(session, Network, task.network_id),
        await _found(session, Organisation, task.organisation_id),
    )
    return [one.names for one in around if one is not None]


async def _found(session: AsyncSession, table: type[Named], key: UUID | None) -> Named | None:
    return None if key is None else await session.get(table, key)
