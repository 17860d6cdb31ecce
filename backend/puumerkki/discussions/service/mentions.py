"""Whom a comment may name: people who read it, of those whose names its writer sees anyway.

That is who wrote here what the writer reads, and who acts beside the writer: in the same network, or in an organisation
whose people the writer sees. So neither the suggestions nor a guessed id tell of anybody whom the writer does not know.
"""

import re
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, any_, case, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on
from sqlalchemy.types import Text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, granted
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import ScopeKind
from puumerkki.discussions import queries
from puumerkki.discussions.models import Audience, Comment
from puumerkki.discussions.schemas import MentionableList, MentionablePublic, MentionableQuery
from puumerkki.discussions.service.audience import require_audience
from puumerkki.identity.models import User, UserState
from puumerkki.kernel.db import Moment
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.reads.statements import fetch_all, param
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.models.organisations import Organisation

NAMED = re.compile(r"@\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]")
"""How a text names somebody."""
MOST_NAMED = 10
OFFERED = 8
ASKED = 24
"""Of so many it is asked whether they read the comment."""


async def named_in(
    session: AsyncSession,
    actor: Actor,
    body: str,
    subject: Ref,
    audience: Audience,
    *,
    before: Collection[UUID] = (),
) -> list[UUID]:
    """Whom a text names, in its order; Invalid where its writer may not name one. `before`: whom it named already."""
    named = [UUID(one) for one in dict.fromkeys(NAMED.findall(body))]
    if len(named) > MOST_NAMED:
        raise invalid("/body", "too_many_mentions", f"Name at most {MOST_NAMED} people in a comment.")
    new = [one for one in named if one not in before]
    if new:
        found = await _reading(session, actor, subject, audience, ids=new, most=MOST_NAMED)
        if {one.id for one in found} != set(new) - {actor.id}:
            raise invalid("/body", "mention_unknown", "Name only people who may read the comment.")
    return named


async def mentionable(session: AsyncSession, actor: Actor, asked: MentionableQuery) -> MentionableList:
    """Whom to offer whoever writes a comment."""
    subject = Ref(asked.subject_kind, asked.subject_id)
    await require_audience(session, actor, subject, asked.audience)
    return MentionableList(items=await _reading(session, actor, subject, asked.audience, q=asked.q, most=OFFERED))


async def _reading(
    session: AsyncSession,
    actor: Actor,
    subject: Ref,
    audience: Audience,
    *,
    most: int,
    q: str = "",
    ids: Sequence[UUID] | None = None,
) -> list[MentionablePublic]:
    """Those whom the actor knows and who read what is written to the audience, at most so many."""
    given = actor.params() | {"subject_id": subject.id, "q": q, "ids": None if ids is None else list(ids)}
    rows = await fetch_all(session, ("mentionable", subject.kind), lambda: _known(actor, subject.kind), given)
    found: list[MentionablePublic] = []
    for id_, name, organisation_names, role in rows:
        reader = Caller(id=id_, kind=PrincipalKind.user)
        if len(found) < most and await queries.audiences_of(session, reader, subject, (audience.value,)):
            found.append(MentionablePublic(id=id_, name=name, organisation_names=organisation_names, role=role))
    return found


def _known(caller: Caller, kind: str) -> Select[Any]:
    """SQL: the active people whom the caller knows, each once, with one organisation and role by which they do."""
    here = or_(
        and_(
            col(RoleGrant.scope_kind) == ScopeKind.network,
            granted(P.networks_read, on=col(RoleGrant.scope_id), caller=caller),
        ),
        and_(
            col(RoleGrant.scope_kind) == ScopeKind.organisation,
            granted(P.organisations_read, on=col(RoleGrant.scope_id), caller=caller),
        ),
    )
    of_organisation = case((col(RoleGrant.scope_kind) == ScopeKind.organisation, col(RoleGrant.scope_id)))
    beside = (
        core_select(
            col(RoleGrant.principal_id),
            col(RoleGrant.role),
            func.coalesce(col(RoleGrant.for_organisation_id), of_organisation).label("organisation_id"),
        )
        .where(here, or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > param("caller_now", Moment)))
        .subquery("beside")
    )
    wrote = core_select(col(Comment.author_id)).where(
        col(Comment.subject_id) == param("subject_id", Uuid()), queries.visible(Comment, kind, caller)
    )
    ids = param("ids", ARRAY(Uuid()))
    key = func.lower(col(User.name)), col(User.id)
    return (
        core_select(col(User.id), col(User.name), col(Organisation.names), beside.c.role)
        .select_from(User)
        .outerjoin(beside, beside.c.principal_id == col(User.id))
        .outerjoin(Organisation, col(Organisation.id) == beside.c.organisation_id)
        .where(
            col(User.state) == UserState.active,
            col(User.id) != param("caller_id", Uuid()),
            or_(beside.c.principal_id.is_not(None), col(User.id).in_(wrote)),
            func.strpos(func.lower(col(User.name)), func.lower(param("q", Text()))) > 0,
            or_(ids.is_(None), col(User.id) == any_(ids)),
        )
        .ext(distinct_on(*key))
        .order_by(*key, beside.c.organisation_id)
        .limit(ASKED)
    )
