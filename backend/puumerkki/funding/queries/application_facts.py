"""What the guards of an application need to know, read in one place for the answer and for the action."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.content import freeze, missing_parts
from puumerkki.funding.models import (
    Application,
    ApplicationApplicant,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
    ApplicationVersion,
    Ballot,
    BallotState,
    CallState,
    Filing,
    FundingCall,
    Handling,
    HandlingState,
)
from puumerkki.funding.models.filings import ENDED_FILING
from puumerkki.funding.workflow.applications import ApplicationFacts
from puumerkki.kernel import clock
from puumerkki.networks.decision_rule import ApplicationPart, DecisionRule
from puumerkki.networks.models import MemberState, Network, NetworkMember, NetworkState, Rulebook, RulebookState
from puumerkki.networks.queries.taking_part import takes_part
from puumerkki.organisations.models import Organisation


async def frozen_content(session: AsyncSession, application: Application) -> dict[str, Any]:
    """What a version frozen from the working copy now would hold."""
    further = await session.exec(
        select(ApplicationApplicant.organisation_id).where(col(ApplicationApplicant.application_id) == application.id)
    )
    authorities = await session.exec(
        select(ApplicationAuthority.authority_id, ApplicationAuthority.asks).where(
            col(ApplicationAuthority.application_id) == application.id
        )
    )
    needs = await session.exec(
        select(ApplicationNeed.need_id).where(col(ApplicationNeed.application_id) == application.id)
    )
    return freeze(
        application, co_applicant_ids=further.all(), authorities=list(authorities.all()), need_ids=needs.all()
    )


async def newest_version(session: AsyncSession, application: Application) -> ApplicationVersion | None:
    """The newest frozen version."""
    statement = select(ApplicationVersion).where(
        col(ApplicationVersion.application_id) == application.id,
        col(ApplicationVersion.number) == application.current_version,
    )
    return (await session.exec(statement)).one_or_none()


async def gather_facts(
    session: AsyncSession, application: Application, applicant_ids: Collection[UUID]
) -> ApplicationFacts:
    """Everything that may block a step of this application now."""
    content = await frozen_content(session, application)
    before = await newest_version(session, application)
    networks = await _networks(session, application)
    members = await _memberships(session, networks, applicant_ids, taking_part=False)
    taking_part = await _memberships(session, networks, applicant_ids, taking_part=True)
    asked = [network.id for network in networks]
    return ApplicationFacts(
        missing=missing_parts(content, await _required(session, asked)),
        networks_not_active=tuple(one.id for one in networks if one.state != NetworkState.active),
        networks_not_member_of=tuple(one for one in asked if one not in members),
        networks_not_accepted=tuple(one for one in asked if one not in taking_part),
        ballot_open=await _ballot_open(session, application),
        changed=before is None
        or before.title != application.title
        or before.content != content
        or before.private != application.private
        or set(asked) != await _handled_by(session, application),
        filings_open=await _filings_open(session, application),
        **await _call_facts(session, application, before, has_partner="authorities" in content),
    )


async def _networks(session: AsyncSession, application: Application) -> Sequence[Network]:
    statement = (
        select(Network)
        .join(ApplicationNetwork, col(ApplicationNetwork.network_id) == col(Network.id))
        .where(col(ApplicationNetwork.application_id) == application.id)
        .order_by(col(Network.id))
    )
    return (await session.exec(statement)).all()


async def _memberships(
    session: AsyncSession, networks: Sequence[Network], applicant_ids: Collection[UUID], *, taking_part: bool
) -> set[UUID]:
    """The networks of which an applicant is an active member, or takes part in."""
    statement = select(NetworkMember.network_id).where(
        col(NetworkMember.network_id).in_([network.id for network in networks]),
        col(NetworkMember.organisation_id).in_(applicant_ids),
        col(NetworkMember.state) == MemberState.active,
    )
    if taking_part:
        statement = statement.where(takes_part(clock.today()))
    return set((await session.exec(statement)).all())


async def _required(session: AsyncSession, network_ids: Sequence[UUID]) -> set[ApplicationPart]:
    statement = select(Rulebook.rule).where(
        col(Rulebook.network_id).in_(network_ids), col(Rulebook.state) == RulebookState.in_force
    )
    rules = [DecisionRule.model_validate(rule) for rule in (await session.exec(statement)).all()]
    return {part for rule in rules for part in rule.required_parts} | {ApplicationPart.title}


async def _ballot_open(session: AsyncSession, application: Application) -> bool:
    found = await session.exec(
        select(Ballot.id)
        .join(Handling, col(Handling.id) == col(Ballot.handling_id))
        .where(col(Handling.application_id) == application.id, col(Ballot.state) == BallotState.open)
        .limit(1)
    )
    return found.first() is not None


async def _handled_by(session: AsyncSession, application: Application) -> set[UUID]:
    found = await session.exec(
        select(Handling.network_id).where(
            col(Handling.application_id) == application.id, col(Handling.state) != HandlingState.withdrawn
        )
    )
    return set(found.all())


async def _filings_open(session: AsyncSession, application: Application) -> bool:
    open_filing = exists().where(
        col(Filing.application_id) == application.id, col(Filing.state).not_in(list(ENDED_FILING))
    )
    return bool((await session.exec(select(open_filing))).one())


async def _call_facts(
    session: AsyncSession, application: Application, before: ApplicationVersion | None, *, has_partner: bool
) -> dict[str, bool]:
    call = None if application.call_id is None else await session.get(FundingCall, application.call_id)
    if call is None:
        return {}
    applicant = await session.get_one(Organisation, application.applicant_id)
    known = before is not None and before.content.get("call_id") == str(call.id)
    amount = application.amount_cents
    return {
        # what was in time once may be mended after the call has closed
        "call_takes": known or takes_applications(call),
        "call_legal_form_fits": not call.legal_forms or applicant.legal_form in call.legal_forms,
        "call_has_partner": has_partner or not call.partner_required,
        "call_amount_fits": amount is None
        or ((call.min_cents or 0) <= amount and (call.max_cents is None or amount <= call.max_cents)),
    }


def takes_applications(call: FundingCall) -> bool:
    """Whether a call is open now."""
    return call.state == CallState.published and call.opens_at <= clock.now() < call.closes_at
