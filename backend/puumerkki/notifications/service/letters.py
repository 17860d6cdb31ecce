"""The mail of notices: what waits first, then what happened, each thing once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import User
from puumerkki.kernel import clock, mail
from puumerkki.kernel.formatting import written_day, written_moment
from puumerkki.kernel.tells import PERSON
from puumerkki.meetings.models import Meeting
from puumerkki.notifications import unsubscribing
from puumerkki.notifications.models import PASSED, Notice, OpenTask, Step
from puumerkki.notifications.sentences import CONDITIONAL, LATE, REMINDER, SEVERAL, UNDATED, Sentence, sentence
from puumerkki.notifications.service.calendar_parts import as_part
from puumerkki.notifications.service.channels import LOCKED
from puumerkki.notifications.service.facts import Facts, facts
from puumerkki.notifications.service.news import News
from puumerkki.notifications.service.reasons import followed_names
from puumerkki.notifications.words import task_words, tell_words

OTHERS = {"fi": "Muilla myöhässä", "sv": "Försenat hos andra", "en": "Late with others"}
"""Before what a task of others is called."""
SHOWN = 20
"""So many things a mail lists; of the rest it says how many."""
_BY_NETWORK, _BY_AUTHORITY = frozenset({"handling", "network", "meeting"}), frozenset({"partner_request"})
"""Kinds of things of which a network or an authority tells, in whose name their mails are sent."""


@dataclass(frozen=True)
class Line:
    """A notice with its task; one of an event has none."""

    notice: Notice
    task: OpenTask | None


async def write(
    session: AsyncSession, person: UUID, lines: Sequence[Line], news: Sequence[News], *, meeting: Meeting | None = None
) -> None:
    """One mail with all of it. `meeting`: what is all of it about, and what calendars take from it.

    It can be unsubscribed from by one click where it tells what happened and nothing that is locked (RFC 8058).
    """
    reader = await session.get_one(User, person)
    said = await context(session, reader, lines, news)
    known = said.pop("facts")
    free = bool(news) and not any(one.tell.row in LOCKED for one in news)
    threads = _threads(known, lines, news)
    await mail.send(
        session,
        to=reader.email,
        package="puumerkki.notifications",
        template="notices",
        language=reader.language,
        envelope=mail.Envelope(
            reason="task" if lines else str(news[0].tell.row),
            sender=_sender(known, lines, news) if len(threads) == 1 else None,
            root=threads.pop() if len(threads) == 1 else None,
            unsubscribe=unsubscribing.address(person) if free else None,
            calendar=None if meeting is None else as_part(meeting, known.name(meeting.network_id), reader),
        ),
        **said,
    )


async def context(
    session: AsyncSession, reader: User, lines: Sequence[Line], news: Sequence[News], *, day: date | None = None
) -> dict[str, Any]:
    """What the template says of these, and `facts` of their things. `day`: on which it leaves, where not today."""
    tasks = [line.task for line in lines if line.task is not None]
    known = await facts(session, reader.language, tasks, news)
    told, new = _told(known, lines), _new(known, news)
    shown, shown_new = told[:SHOWN], new[:SHOWN]
    digest = any(one.digest is not None for one in (*(line.notice for line in lines), *(one.notice for one in news)))
    return {
        "facts": known,
        "name": reader.name,
        "subject": None if digest and len(told) + len(new) > 1 else _subject(known, lines, news, told, new),
        "digest": digest,
        "count": len(told),
        "others": bool(told) and all(one["others"] for one in told),
        "items": shown,
        "more": len(told) - len(shown),
        "one": told[0] if len(told) == 1 and not new else None,
        "news": shown_new,
        "new_count": len(new),
        "new_more": len(new) - len(shown_new),
        "followed": await followed_names(session, reader.id, reader.language, news),
        "other_reasons": any(not one.tell.followers for one in news),
        "new_one": new[0] if len(new) == 1 and not told else None,
        "today": written_day(day or clock.today(), reader.language),
        "desk": mail.link(reader.language, "work"),
        "bell": mail.link(reader.language, "notices"),
        "choices": mail.link(reader.language, "profile/notices"),
    }


def _threads(known: Facts, lines: Iterable[Line], news: Iterable[News]) -> set[str]:
    """The things that a mail is about: where it is one, the mail stands with the others about it."""
    return {_thread(known, one) for one in lines} | {
        known.thread(one.event.subject_kind, one.event.subject_id) for one in news
    }


def _thread(known: Facts, line: Line) -> str:
    assert line.task is not None
    if _is_blind(line):
        return f"{line.notice.root_kind} {line.notice.root_id}"
    return known.thread(line.task.subject_kind, line.task.subject_id)


def _is_blind(line: Line) -> bool:
    """Whoever gets it does not learn which task it is."""
    return line.notice.step == Step.late_elsewhere


def _subject(
    known: Facts, lines: Sequence[Line], news: Sequence[News], told: Sequence[Any], new: Sequence[Any]
) -> str | None:
    """What a mail about one thing is named by: what is to be done, or else the weightiest of what happened."""
    if len(_threads(known, lines, news)) != 1:
        return None
    sentences = [one["sentence"] for one in (told or new)]
    if told and len(told) > 1:
        return None
    weighed = [one for one in sentences if one is not None]
    return min(weighed, key=lambda one: one.weight).subject if weighed else None


def _sender(known: Facts, lines: Sequence[Line], news: Sequence[News]) -> str | None:
    """The authority or the network of which a mail about one thing tells, where it is one of them."""
    authorities = {known.name(one.notice.organisation_id) for one in news if one.event.subject_kind in _BY_AUTHORITY}
    networks = {known.name(one.notice.network_id) for one in news if one.event.subject_kind in _BY_NETWORK}
    networks |= {known.name(one.task.network_id) for one in lines if one.task and one.task.subject_kind in _BY_NETWORK}
    named = (authorities or networks) - {""}
    return named.pop() if len(named) == 1 else None


def _new(known: Facts, news: Sequence[News]) -> list[dict[str, Any]]:
    """Each thing with what happened to it, the newest first, and what is alike once."""
    gathered: dict[tuple[str, UUID], list[News]] = {}
    for one in sorted(news, key=lambda each: each.notice.position or 0, reverse=True):
        gathered.setdefault((one.event.type, one.notice.root_id or one.event.subject_id), []).append(one)
    return [_of_news(known, alike[0], sum(one.notice.count for one in alike)) for alike in gathered.values()]


def _of_news(known: Facts, one: News, count: int) -> dict[str, Any]:
    """What happened so often, `one` the last time."""
    language = known.language
    said = _sentence_of_news(known, one, count)
    values = known.of_news(one, count)
    return {
        "sentence": said,
        "said": None if said is None else said.subject,
        "line": None if said is None else said.line,
        "label": tell_words()[one.event.type][language],
        "title": values["title"],
        # a sentence for several says how many
        "count": 1 if said is not None and said.counts else count,
        "case_number": one.event.data.get("case_number"),
        "at": written_moment(one.event.occurred_at, language),
        "where": known.around(one.notice, values["title"]),
        "link": mail.link(language, f"to/{one.event.type}/{one.notice.root_kind}/{one.notice.root_id}"),
    }


def _sentence_of_news(known: Facts, news: News, count: int) -> Sentence | None:
    """One's own role is spoken of to oneself only."""
    if news.event.type == "role.revoked" and news.tell.side != PERSON:
        return None
    variants: tuple[str | None, ...] = (CONDITIONAL, None) if known.is_conditional(news) else (None,)
    if count > 1:
        variants = (SEVERAL, *variants)
    return sentence(news.event.type, variants, known.language, known.of_news(news, count))


def _told(known: Facts, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Each thing once, though it waits for several reasons or members, with the most pressing of its reminders.

    Where tasks are late elsewhere, each kind once, with how many they are: not which, nor by when.
    """
    told: dict[tuple[str, UUID, bool], list[Line]] = {}
    for line in lines:
        assert line.task is not None
        root = line.notice.root_id if _is_blind(line) else line.task.subject_id
        assert root is not None
        told.setdefault((line.task.kind, root, line.notice.step in PASSED), []).append(line)
    return [_of_others(known, of) if of[0].notice.step in PASSED else _own(known, of) for of in told.values()]


def _own(known: Facts, lines: Sequence[Line]) -> dict[str, Any]:
    """One thing that waits for the reader."""
    tasks = [line.task for line in lines if line.task is not None]
    first, language = tasks[0], known.language
    values = known.of_task(first)
    late = first.due_on is not None and first.due_on < clock.today()
    reminder = any(line.notice.step != Step.opened for line in lines)
    said = _sentence_of_task(known, first.kind, values, late=late, reminder=reminder)
    members = {one.organisation_id for one in tasks}
    return {
        "label": task_words()[first.kind][language],
        "title": values["title"],
        "where": list(dict.fromkeys(name for one in tasks for name in known.around(one, values["title"]))),
        "due": values["due"] or None,
        "late": late,
        "others": False,
        "reminder": reminder,
        "link": mail.link(language, _place(first)),
        "sentence": said,
        "said": None if said is None else said.subject,
        "line": None if said is None or len(members) > 1 else said.line,
    }


def _of_others(known: Facts, lines: Sequence[Line]) -> dict[str, Any]:
    """What is late and was passed on; where its reader may not know which, only its kind and how many they are."""
    first, language = lines[0], known.language
    assert first.task is not None
    blind = _is_blind(first)
    values = known.of_task(first.task)
    title, due = ("", "") if blind else (values["title"], values["due"])
    number = "" if title else f" ({len(lines)})"
    return {
        "label": f"{OTHERS[language]}: {task_words()[first.task.kind][language]}{number}",
        "title": title,
        "where": list(
            dict.fromkeys(
                name
                for one in lines
                if one.task is not None
                for name in known.around(one.notice if blind else one.task)
            )
        ),
        "due": due or None,
        "late": False,
        "others": True,
        "reminder": True,
        "link": mail.link(language, _root_page(first.notice) if blind else _place(first.task)),
        "sentence": None,
        "said": None,
        "line": None,
    }


def _root_page(notice: Notice) -> str:
    """The page of the network or organisation in which something is late."""
    return f"{notice.root_kind}s/{notice.root_id}"


def _sentence_of_task(
    known: Facts, kind: str, values: dict[str, str], *, late: bool, reminder: bool
) -> Sentence | None:
    """A reminder says that it is one, and what is late that it is late."""
    variants = (LATE,) if late else (REMINDER,) if reminder else (None, UNDATED)
    return sentence(kind, variants, known.language, values)


def _place(task: OpenTask) -> str:
    """The app's page that leads on to where the task is done."""
    around = {"network": task.network_id, "organisation": task.organisation_id}
    asked = urlencode({name: str(one) for name, one in around.items() if one is not None})
    return f"to/{task.kind}/{task.subject_kind}/{task.subject_id}?{asked}".removesuffix("?")
