"""Which networks a call demands, and how long networks take to answer: for a call's page and for its drafts alike."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.guidance.workflow.applications import answer_days
from puumerkki.kernel import clock
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import Network, Rulebook, RulebookState
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.gate import GatePolicy
from puumerkki.partnerships.queries.gate_policies import gives_endorsements, in_force


async def required_by(session: AsyncSession, call_id: UUID) -> Mapping[UUID, list[dict[str, str]]]:
    """The networks of which authorities require a puumerkki for this very call today, with those authorities' names.

    Those that give puumerkki now: of another, nobody could ask for one.
    """
    statement = (
        select(col(Network.id), col(Organisation.names))
        .join(GatePolicy, col(Network.id) == func.any(col(GatePolicy.network_ids)))
        .join(Organisation, col(Organisation.id) == col(GatePolicy.authority_id))
        .where(col(GatePolicy.call_ids).contains([call_id]), in_force(clock.today()), gives_endorsements())
        .order_by(col(Organisation.sort_key), col(GatePolicy.id))
    )
    found: dict[UUID, list[dict[str, str]]] = {}
    for network_id, names in (await session.exec(statement)).all():
        if names not in found.setdefault(network_id, []):
            found[network_id].append(names)
    return found


async def days_to_answer(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Of each network that has rules in force, the days that it takes for an answer."""
    statement = select(col(Rulebook.network_id), col(Rulebook.rule)).where(
        col(Rulebook.network_id).in_(ids), col(Rulebook.state) == RulebookState.in_force
    )
    found = (await session.exec(statement)).all()
    return {network_id: answer_days(DecisionRule.model_validate(rule)) for network_id, rule in found}
