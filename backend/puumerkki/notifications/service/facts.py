"""What a mail says of its things beside their kinds: titles and names, each kind of them asked once a mail."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import JSON, Select, Uuid, bindparam, case, cast, column, func
from sqlalchemy import select as core_select
from sqlalchemy.types import Text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.agreements.models.agreements import AgreementParty
from puumerkki.applications.queries.applications import shown_title
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.filings.models import Filing
from puumerkki.handlings.models.handlings import Handling
from puumerkki.identity.models import User
from puumerkki.identity.role_names import role_name
from puumerkki.kernel import clock
from puumerkki.kernel.db import Table
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day, written_moment
from puumerkki.kernel.reads.statements import Statement
from puumerkki.kernel.subjects import subjects
from puumerkki.meetings.models import Meeting
from puumerkki.networks.models.networks import Network
from puumerkki.notifications.models import Notice, OpenTask
from puumerkki.notifications.service.news import News
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.partner_requests import PartnerRequest

Row = TypeVar("Row", bound=Table)
Thing = tuple[str, UUID]
_AS_SENT = "application as sent"
"""In place of a kind: an application by the version that was sent, not by its working copy."""
SAYS_WHO = frozenset({"comment.added"})
"""Types of events of which a mail says who did it: whoever reads a comment reads who wrote it."""
_OF_APPLICATION: Mapping[str, type[Handling] | type[Endorsement] | type[Filing] | type[PartnerRequest]] = {
    "handling": Handling,
    "endorsement": Endorsement,
    "filing": Filing,
    "partner_request": PartnerRequest,
}


@dataclass(frozen=True)
class Facts:
    """Of all things of one mail, in its reader's language."""

    language: str
    titles: Mapping[Thing, str]
    names: Mapping[UUID, str]
    rows: Mapping[UUID, Any]
    people: Mapping[UUID, str]
    parties: Mapping[UUID, tuple[UUID, ...]]

    def title(self, kind: str, key: UUID, network_id: UUID | None, *, as_sent: bool = False) -> str:
        """What a thing is called; what has no title of its own is called as its network, if it has one."""
        own = self.titles.get((_AS_SENT if as_sent and kind == "application" else kind, key))
        return own or self.name(network_id)

    def name(self, key: UUID | None) -> str:
        """What a network or organisation is called."""
        return "" if key is None else self.names.get(key, "")

    def around(self, of: OpenTask | Notice, title: str = "") -> list[str]:
        """The names of the network and the organisation that it is about, or of an agreement's parties.

        Without the one by which it is titled.
        """
        about = [self.name(key) for key in (of.network_id, of.organisation_id)]
        root = of.subject_id if isinstance(of, OpenTask) else of.root_id
        parties = [self.name(key) for key in self.parties.get(root, ())] if root is not None else []
        return [name for name in dict.fromkeys([*about, *parties]) if name and name != title]

    def thread(self, kind: str, key: UUID) -> str:
        """The thing whose mails stand together: the application of what is done with it, else the thing itself."""
        row = self.rows.get(key)
        if kind in _OF_APPLICATION and row is not None:
            return f"application {row.application_id}"
        return f"{kind} {key}"

    def of_task(self, task: OpenTask) -> dict[str, str]:
        """What a sentence may say of a task."""
        return self._known(task.subject_kind, task.subject_id, task.network_id, task.organisation_id) | {
            "title": self.title(task.subject_kind, task.subject_id, task.network_id),
            "due": "" if task.due_on is None else written_day(task.due_on, self.language),
        }

    def of_news(self, news: News, count: int = 1) -> dict[str, str]:
        """What a sentence may say of an event that happened so often, for the last time now."""
        event, notice = news.event, news.notice
        kind, key = str(notice.root_kind), notice.root_id or event.subject_id
        data = event.data
        found = self._known(event.subject_kind, event.subject_id, notice.network_id, notice.organisation_id) | {
            "title": self.title(kind, key, notice.network_id, as_sent=True),
            "time": written_moment(event.occurred_at, self.language),
            "n": str(data.get("version_number") or ""),
            "count": str(count),
            "name": "" if event.actor_id is None else self.people.get(event.actor_id, ""),
            "role": role_name(Role(data["role"]), self.language) if "role" in data else "",
            "closes": _end(data.get("closes_at"), self.language),
        }
        endorsed = self.rows.get(event.named("endorsement_id") or event.subject_id)
        if isinstance(endorsed, Endorsement):
            found |= {"number": endorsed.number, "until": written_day(endorsed.valid_until, self.language)}
        return found

    def is_conditional(self, news: News) -> bool:
        """Whether an endorsement that was given depends on conditions."""
        endorsed = self.rows.get(news.event.named("endorsement_id") or news.event.subject_id)
        return isinstance(endorsed, Endorsement) and bool(endorsed.conditions)

    def _known(self, kind: str, key: UUID, network: UUID | None, organisation: UUID | None) -> dict[str, str]:
        row = self.rows.get(key)
        found = {"network": self.name(network), "organisation": self.name(organisation)}
        if isinstance(row, PartnerRequest):
            found["case"] = row.case_number
        if isinstance(row, Meeting):
            found |= {"date": written_moment(row.starts_at, self.language), "place": row.place}
        return found


async def facts(session: AsyncSession, language: str, tasks: Iterable[OpenTask], news: Iterable[News]) -> Facts:
    """All that a mail with these says of their things."""
    things: set[Thing] = set()
    asked: set[Thing] = set()
    around: set[UUID | None] = set()
    for task in tasks:
        things.add((task.subject_kind, task.subject_id))
        asked.add((task.subject_kind, task.subject_id))
        around |= {task.network_id, task.organisation_id}
    for one in news:
        event, notice = one.event, one.notice
        kind, key = str(notice.root_kind), notice.root_id or event.subject_id
        asked.add((_AS_SENT if kind == "application" else kind, key))
        things |= {(kind, key), (event.subject_kind, event.subject_id)}
        if (endorsed := event.named("endorsement_id")) is not None:
            things.add(("endorsement", endorsed))
        around |= {notice.network_id, notice.organisation_id}
    parties = await _parties(session, {key for kind, key in things if kind == "agreement"})
    ids = {key for key in (*around, *(one for each in parties.values() for one in each)) if key is not None}
    named: list[Network | Organisation] = [
        *await _rows(session, Network, ids),
        *await _rows(session, Organisation, ids),
    ]
    names = {row.id: display_name(row.names, language) for row in named}
    tables: dict[str, type[Any]] = {**_OF_APPLICATION, "meeting": Meeting}
    rows: dict[UUID, Any] = {}
    for kind, table in tables.items():
        rows |= {row.id: row for row in await _rows(session, table, {key for of, key in things if of == kind})}
    titles = {thing: display_name(said, language) for thing, said in (await _titles(session, asked)).items()}
    for row in rows.values():
        if isinstance(row, Meeting):
            titles["meeting", row.id] = row.title
    said_by = {one.event.actor_id for one in news if one.event.type in SAYS_WHO}
    people = {row.id: row.name for row in await _rows(session, User, {key for key in said_by if key is not None})}
    return Facts(language, titles, names, rows, people, parties)


async def _rows(session: AsyncSession, table: type[Row], ids: Collection[UUID]) -> list[Row]:
    return list((await session.exec(select(table).where(col(table.id).in_(ids)))).all()) if ids else []


async def _parties(session: AsyncSession, agreements: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Who agrees on these, in the order of the text; nobody who was succeeded."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    if not agreements:
        return found
    rows = await session.exec(
        select(AgreementParty)
        .where(col(AgreementParty.agreement_id).in_(agreements), col(AgreementParty.succeeded_by_id).is_(None))
        .order_by(col(AgreementParty.place))
    )
    for row in rows:
        found[row.agreement_id] = (*found.get(row.agreement_id, ()), row.organisation_id)
    return found


async def _titles(session: AsyncSession, things: Iterable[Thing]) -> dict[Thing, dict[str, str]]:
    """What things of any kinds are called, by one statement."""
    given = [{"kind": kind, "id": str(key)} for kind, key in sorted(things)]
    found = await _titling().fetch_all(session, things=json.dumps(given)) if given else []
    return {(kind, key): title for kind, key, title in found if title and any(title.values())}


@cache
def _titling() -> Statement:
    def build() -> Select[Any]:
        given = func.json_to_recordset(cast(bindparam("things", None, type_=Text()), JSON()))
        thing = given.table_valued(column("kind", Text()), column("id", Uuid())).render_derived(with_types=True)
        titled = [
            (thing.c.kind == kind, known.title_sql(thing.c.id))
            for kind, known in subjects().items()
            if known.title_sql is not None
        ]
        title = case((thing.c.kind == _AS_SENT, shown_title(thing.c.id)), *titled)
        return core_select(thing.c.kind, thing.c.id, title)

    return Statement(build)


def _end(value: Any, language: str) -> str:
    """When something closes: the whole last day where that is at midnight."""
    if value is None:
        return ""
    moment = datetime.fromisoformat(value)
    last = clock.last_day(moment)
    return written_day(last, language) if last != clock.day_of(moment) else written_moment(moment, language)
