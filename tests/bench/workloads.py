"""What is asked of both: lines of method, path, token and body, drawn from the database with a fixed seed."""

import json
import random
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus
from uuid import UUID

import psycopg
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import PrincipalKind
from puumerkki.identity.tokens import issue_access_token
from puumerkki.kernel.db import make_engine
from tests.bench.data import DRAFT

COORDINATOR = "coordinator.elamankaari@demo.example"
PATHS = 150
"""So many different requests of a read."""


@dataclass(frozen=True)
class Line:
    """One request. `if_match`: the version that it changes, where the API asks for it."""

    method: str
    path: str
    token: str = ""
    body: str = ""
    if_match: str = ""


@dataclass(frozen=True)
class Workload:
    """`connections`: how many ask at once. What writes on few rows is asked by few: locks are not what is measured.

    `for_limit`: its lines, where each can be sent once only; then `lines` are the app's.
    """

    name: str
    title: str
    lines: list[Line]
    connections: int = 32
    for_limit: list[Line] | None = None

    def lines_of(self, contender: str) -> list[Line]:
        """What a contender is asked."""
        return self.lines if contender == "app" or self.for_limit is None else self.for_limit


async def workloads(url: str) -> list[Workload]:
    """All that wrk drives, for a filled database."""
    draw = random.Random(2026)
    with psycopg.connect(url) as connection:

        def rows(statement: str, *params: Any) -> list[Any]:
            return connection.execute(statement.encode(), params).fetchall()

        networks = rows(
            "select g.scope_id from role_grant g join app_user u on u.id = g.principal_id where u.email = %s"
            " and g.role = 'coordinator' order by g.id desc limit 30",
            COORDINATOR,
        )
        organisations = rows("select id, names->>'fi' from organisation where sector = 'association' order by id")
        officer, authority = rows(
            "select g.principal_id, g.scope_id from role_grant g where g.role = 'officer'"
            " and g.principal_id in (select id from app_user) order by g.id limit 1"
        )[0]
        coordinator = rows("select id from app_user where email = %s", COORDINATOR)[0][0]
        voters = rows(
            "select b.handling_id, m.id, g.principal_id from ballot b join ballot_elector e on e.ballot_id = b.id"
            " join network_member m on m.id = e.member_id join role_grant g on g.scope_id = m.network_id"
            " and g.for_organisation_id = m.organisation_id and g.role = 'representative' where b.state = 'open'"
            " and not exists (select from recusal r where r.ballot_id = b.id and r.member_id = m.id) order by m.id"
        )
        subjects = rows(
            "select h.application_id from handling h where h.network_id = any(%s) order by h.id limit 200",
            [network for (network,) in networks],
        )
        drafts = rows(
            "select a.id, g.principal_id from application a join role_grant g on g.scope_id = a.applicant_id"
            " and g.role = 'editor' where a.state = 'draft' and a.title = %s order by a.id",
            DRAFT,
        )
    tokens = await _tokens(
        url, {coordinator, officer, *(voter for _, _, voter in voters), *(editor for _, editor in drafts)}
    )
    submissions = [Line("POST", f"/applications/{id_}/submit", tokens[by], if_match="1") for id_, by in drafts]
    states = ("received", "in_review", "endorsed", "declined")
    lists = [
        Line("GET", f"/applications?network={draw.choice(networks)[0]}&handling_state={draw.choice(states)}&limit=50",
             tokens[coordinator])
        for _ in range(PATHS)
    ]  # fmt: skip
    some = draw.sample(organisations, min(PATHS, len(organisations)))
    objects = [Line("GET", f"/organisations/{id_}", tokens[coordinator]) for id_, _ in some]
    searches = [
        Line("GET", f"/organisations?q={quote_plus(_query(draw, name))}&limit=20", tokens[coordinator])
        for _, name in some
    ]
    inbox = [
        Line("GET", f"/partner-requests?authority={authority}&state={state}&limit=50", tokens[officer])
        for state in ("arrived", "referred", "in_preparation")
    ]
    tasks = [Line("GET", "/tasks", tokens[officer]), Line("GET", "/tasks", tokens[coordinator])]
    comments = [
        Line("POST", "/comments", tokens[coordinator], json.dumps(
            {"subject_kind": "application", "subject_id": str(id_), "audience": "applicants", "body": "Hyvä hanke."}))
        for (id_,) in subjects
    ]  # fmt: skip
    votes = [
        Line("PUT", f"/handlings/{handling}/ballot/votes/{member}", tokens[voter], json.dumps({"choice": choice}))
        for handling, member, voter in voters
        for choice in ("for", "blank")
    ]
    agreements = [
        Line("GET", f"/agreements?organisation={authority}&sort={sort}&limit=50", tokens[officer])
        for sort in ("-created_at", "title")
    ]
    return [
        Workload("W1", "a list of 50", lists),
        Workload("W2", "one object", objects),
        Workload("W3", "search by name", searches),
        Workload("W5a", "an authority's inbox", inbox),
        Workload("W5b", "tasks", tasks),
        Workload("W5c", "an authority's agreements", agreements),
        Workload("W6a", "a comment", comments),
        Workload("W6b", "a vote", votes, connections=8),
        Workload("W6c", "a submission", submissions[::4], connections=8, for_limit=_others(submissions)),
    ]


def _others(lines: list[Line]) -> list[Line]:
    """What is left when every fourth is taken."""
    return [line for number, line in enumerate(lines) if number % 4]


def _query(draw: random.Random, name: str) -> str:
    """One word of a name, two of them, or one with a letter missing, as people search."""
    words = name.replace(" ry", "").split()
    kind = draw.randrange(3)
    if kind == 0:
        return words[0]
    if kind == 1:
        return " ".join(words[:2])
    return words[0][:3] + words[0][4:]


async def _tokens(url: str, people: set[UUID]) -> dict[UUID, str]:
    engine = make_engine(url, pool_size=1)
    found = {}
    async with AsyncSession(engine) as session:
        for person in people:
            found[person], _ = await issue_access_token(session, principal_id=person, kind=PrincipalKind.user)
        await session.commit()
    await engine.dispose()
    return found
