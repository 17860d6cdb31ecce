"""Templates: the ready ones are files of this room; own ones are seen by who writes for the organisation."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, granted
from puumerkki.access.permissions import P
from puumerkki.agreements.models import AgreementKind, AgreementTemplate
from puumerkki.agreements.schemas.templates import AgreementTemplateQuery
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.field_types import UiLanguage

FOLDER = Path(__file__).parents[1] / "templates"


@cache
def ready() -> tuple[dict[str, Any], ...]:
    """What comes with the service: one for each kind and language."""
    return tuple(
        json.loads((FOLDER / f"{kind}.{language}.json").read_text("utf-8"))
        | {"id": None, "organisation_id": None, "kind": kind.value, "language": language.value, "version": None}
        for kind in AgreementKind
        for language in UiLanguage
    )


async def templates(
    session: AsyncSession, caller: Caller, query: AgreementTemplateQuery
) -> tuple[list[dict[str, Any]], Sequence[AgreementTemplate]]:
    """The ready ones and the own ones that are asked for."""
    fitting = [
        one for one in ready() if query.kind in (None, one["kind"]) and query.language in (None, one["language"])
    ]
    statement = select(AgreementTemplate).where(_readable(caller))
    for column, wanted in (
        (AgreementTemplate.kind, query.kind),
        (AgreementTemplate.language, query.language),
        (AgreementTemplate.organisation_id, query.organisation),
    ):
        if wanted is not None:
            statement = statement.where(col(column) == wanted)
    own = await session.exec(statement.order_by(col(AgreementTemplate.name), col(AgreementTemplate.id)))
    return fitting, own.all()


async def template(
    session: AsyncSession, caller: Caller, template_id: UUID, *, for_update: bool = False
) -> AgreementTemplate:
    """An own template, or NotFound."""
    statement = select(AgreementTemplate).where(col(AgreementTemplate.id) == template_id, _readable(caller))
    found = (await session.exec(statement.with_for_update() if for_update else statement)).one_or_none()
    if found is None:
        raise NotFound()
    return found


async def count(session: AsyncSession, organisation_id: UUID) -> int:
    """How many an organisation has."""
    own = col(AgreementTemplate.organisation_id) == organisation_id
    return (await session.exec(select(func.count()).select_from(AgreementTemplate).where(own))).one()


async def is_taken(session: AsyncSession, organisation_id: UUID, name: str, *, but: UUID | None = None) -> bool:
    """Whether another template of the organisation has the name."""
    found = await session.exec(
        select(AgreementTemplate.id).where(
            col(AgreementTemplate.organisation_id) == organisation_id,
            col(AgreementTemplate.name) == name,
            col(AgreementTemplate.id).is_distinct_from(but),
        )
    )
    return found.first() is not None


def _readable(caller: Caller) -> Any:
    return granted(P.agreements_write, on=col(AgreementTemplate.organisation_id), caller=caller)
