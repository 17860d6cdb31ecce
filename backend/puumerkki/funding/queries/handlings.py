"""Reads of handlings: who may see them, what the guards need, what waits."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.models import Application, ApplicationApplicant, ApplicationNetwork, ApplicationVersion, Handling
from puumerkki.kernel.errors import NotFound
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models import Rulebook, RulebookState


async def rulebook_in_force(session: AsyncSession, network_id: UUID) -> Rulebook | None:
    """The network's rulebook in force."""
    statement = select(Rulebook).where(
        col(Rulebook.network_id) == network_id, col(Rulebook.state) == RulebookState.in_force
    )
    return (await session.exec(statement)).one_or_none()


async def rule_in_force(session: AsyncSession, network_id: UUID) -> DecisionRule | None:
    """The rule that the network decides by now."""
    book = await rulebook_in_force(session, network_id)
    return None if book is None else DecisionRule.model_validate(book.rule)


async def of_application(session: AsyncSession, application_id: UUID) -> Sequence[Handling]:
    """All handlings of an application, locked."""
    statement = select(Handling).where(col(Handling.application_id) == application_id).order_by(col(Handling.id))
    return (await session.exec(statement.with_for_update())).all()


async def networks_asked(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    """The networks that the application asks."""
    statement = select(ApplicationNetwork.network_id).where(col(ApplicationNetwork.application_id) == application_id)
    return frozenset((await session.exec(statement)).all())


async def applicant_ids(session: AsyncSession, application: Application) -> frozenset[UUID]:
    """All organisations that apply."""
    statement = select(ApplicationApplicant.organisation_id).where(
        col(ApplicationApplicant.application_id) == application.id
    )
    return frozenset((await session.exec(statement)).all()) | {application.applicant_id}


async def version(session: AsyncSession, application_id: UUID, number: int) -> ApplicationVersion:
    """A frozen version, or NotFound."""
    statement = select(ApplicationVersion).where(
        col(ApplicationVersion.application_id) == application_id, col(ApplicationVersion.number) == number
    )
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        raise NotFound()
    return found
