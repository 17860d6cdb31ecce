"""What the guards of an application need to know, read in one place for the answer and for the action."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, any_, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import aliased
from sqlalchemy.types import Date, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.content import freeze, missing_parts
from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import (
    ApplicantAnswer,
    Application,
    ApplicationApplicant,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
    ApplicationVersion,
)
from puumerkki.applications.queries.applicants import have_left, submitted_by
from puumerkki.applications.workflow.applications import ApplicationFacts
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.kernel import clock
from puumerkki.kernel.reads.statements import Statement, array_of, param
from puumerkki.networks.decision_rule import ApplicationPart, DecisionRule
from puumerkki.networks.models.decisions import DecisionState, NetworkDecision
from puumerkki.networks.models.networks import (
    MemberState,
    Network,
    NetworkMember,
    NetworkState,
    Rulebook,
    RulebookState,
)
from puumerkki.networks.queries.participation import takes_part
from puumerkki.organisations.models.organisations import Organisation, OrganisationState
from puumerkki.reference.models import Area

_APPLICATION = param("application", Uuid())


def _beside() -> SelectBase:
    further, asked, needs = ApplicationApplicant, ApplicationAuthority, ApplicationNeed
    asks = func.jsonb_build_array(asked.authority_id, asked.asks)
    return select(
        array_of(select(further.organisation_id).where(col(further.application_id) == _APPLICATION)),
        array_of(select(asks).where(col(asked.application_id) == _APPLICATION), JSONB()),
        array_of(select(needs.need_id).where(col(needs.application_id) == _APPLICATION)),
    )


_BESIDE = Statement(_beside)


async def frozen_content(session: AsyncSession, application: Application) -> dict[str, Any]:
    """What a version frozen from the working copy now would hold."""
    found = await _BESIDE.fetch_one(session, application=application.id)
    assert found is not None
    further, authorities, needs = found
    asked = [(UUID(key), asks) for key, asks in authorities]
    return freeze(application, co_applicant_ids=further, authorities=asked, need_ids=needs)


async def newest_version(session: AsyncSession, application: Application) -> ApplicationVersion | None:
    """The newest frozen version; None before the first one."""
    if application.current_version is None:
        return None
    statement = select(ApplicationVersion).where(
        col(ApplicationVersion.application_id) == application.id,
        col(ApplicationVersion.number) == application.current_version,
    )
    return (await session.exec(statement)).one_or_none()


async def gather_facts(
    session: AsyncSession, application: Application, applicant_ids: Collection[UUID], *, actor: Actor
) -> ApplicationFacts:
    """Everything that may block a step of this application now."""
    content = await frozen_content(session, application)
    before = await newest_version(session, application)
    around = await _around(session, application, applicant_ids)
    asked = list(around.networks)
    # an authority goes by groups and areas; in a municipality whose areas are not known there is none to name
    has_partner = "authorities" in content
    required = around.required | {ApplicationPart.target_groups} if has_partner else around.required
    areas_missing = has_partner and around.areas_known and not content.get("area_ids")
    return ApplicationFacts(
        unanswered=_named(await _UNANSWERED.fetch_all(session, application=application.id)),
        unconfirmed=_named(
            await _UNCONFIRMED.fetch_all(session, application=application.id, applicant=application.applicant_id)
        ),
        missing=(*missing_parts(content, required), *(("area_ids",) if areas_missing else ())),
        networks_not_active=tuple(one for one in asked if around.networks[one] != NetworkState.active),
        networks_ending=tuple(one for one in asked if one in around.ending),
        networks_not_member_of=tuple(one for one in asked if one not in around.member_of),
        networks_not_accepted=tuple(one for one in asked if one not in around.takes_part_in),
        ballot_open=around.ballot_open,
        count_waits=any([await one.count_waits(session, application.id) for one in followers()]),
        changed=before is None
        or before.title != application.title
        or before.content != content
        or before.private != application.private
        or set(asked) != around.handled_by
        or await have_left(session, application.id, before.number),
        filings_open=around.filings_open,
        stands_in=before is not None and await submitted_by(session, application) != application.applicant_id,
        named_lately=before is not None
        and actor.named_lately(P.applications_withdraw, on=application.applicant_id, opened_at=before.created_at),
        **await _call_facts(session, application, before, has_partner=has_partner),
    )


_UNANSWERED = Statement(
    lambda: (
        select(Organisation.id, Organisation.names)
        .join(ApplicationApplicant, col(ApplicationApplicant.organisation_id) == col(Organisation.id))
        .where(
            col(ApplicationApplicant.application_id) == _APPLICATION,
            or_(
                func.coalesce(col(ApplicationApplicant.answer), "") != ApplicantAnswer.accepted.value,
                col(Organisation.state) == OrganisationState.archived,
            ),
        )
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
)
"""The further applicants that have not accepted, or were archived."""

_UNCONFIRMED = Statement(
    lambda: (
        select(Organisation.id, Organisation.names)
        .where(
            col(Organisation.confirmed_at).is_(None),
            or_(
                col(Organisation.id) == param("applicant", Uuid()),
                col(Organisation.id).in_(
                    select(ApplicationApplicant.organisation_id).where(
                        col(ApplicationApplicant.application_id) == _APPLICATION
                    )
                ),
            ),
        )
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
)
"""The applicants that nobody has confirmed."""


def _named(found: Iterable[Sequence[Any]]) -> tuple[dict[str, Any], ...]:
    return tuple({"id": str(key), "names": names} for key, names in found)


@dataclass(frozen=True)
class _Around:
    """The networks that an application asks, with their state, and how the applicants stand to them."""

    networks: Mapping[UUID, NetworkState]
    required: frozenset[ApplicationPart]
    ending: frozenset[UUID]
    """Those that rest or close on a day, and have nothing of this application open."""
    member_of: frozenset[UUID]
    takes_part_in: frozenset[UUID]
    handled_by: frozenset[UUID]
    ballot_open: bool
    filings_open: bool
    areas_known: bool


def _facts() -> SelectBase:
    asked = select(ApplicationNetwork.network_id).where(col(ApplicationNetwork.application_id) == _APPLICATION)
    networks = select(func.jsonb_build_array(Network.id, Network.state)).where(col(Network.id).in_(asked))
    rules = select(Rulebook.rule).where(
        col(Rulebook.network_id).in_(asked), col(Rulebook.state) == RulebookState.in_force
    )
    decision = aliased(NetworkDecision)
    ending = select(decision.network_id).where(
        col(decision.network_id).in_(asked),
        col(decision.state) == DecisionState.adopted,
        col(decision.on_day).is_not(None),
        *(~under_way for one in followers() for under_way in one.sql.open_in(_APPLICATION, col(decision.network_id))),
    )
    members = select(NetworkMember.network_id).where(
        col(NetworkMember.network_id).in_(asked),
        col(NetworkMember.organisation_id) == any_(param("applicants", ARRAY(Uuid()))),
        col(NetworkMember.state) == MemberState.active,
    )
    authority = aliased(Organisation)
    areas = (
        select(Area.id)
        .join(
            authority,
            or_(
                col(Area.municipality_code) == any_(col(authority.municipality_codes)),
                col(Area.municipality_code) == col(authority.home_municipality_code),
            ),
        )
        .join(ApplicationAuthority, col(ApplicationAuthority.authority_id) == col(authority.id))
        .where(
            col(ApplicationAuthority.application_id) == _APPLICATION,
            or_(col(Area.valid_until).is_(None), col(Area.valid_until) >= param("today", Date())),
        )
    )
    return core_select(
        array_of(networks.order_by(col(Network.id)), JSONB()),
        array_of(rules, JSONB()),
        array_of(ending),
        array_of(members),
        array_of(members.where(takes_part(param("today", Date())))),
        *(fact(_APPLICATION) for fact in _told().values()),
        areas.exists(),
    )


def _told() -> Mapping[str, Callable[[Any], ColumnElement[Any]]]:
    """What the rooms above say of an application: `handled_by`, `ballot_open`, `filings_open`."""
    return {name: fact for one in followers() for name, fact in one.sql.facts.items()}


_FACTS = Statement(_facts)


async def _around(session: AsyncSession, application: Application, applicant_ids: Collection[UUID]) -> _Around:
    found = await _FACTS.fetch_one(
        session, application=application.id, applicants=list(applicant_ids), today=clock.today()
    )
    assert found is not None
    networks, rules, ending, members, taking_part, *told, areas = found
    facts = dict(zip(_told(), told, strict=True))
    parts = {part for rule in rules for part in DecisionRule.model_validate(rule).required_parts}
    return _Around(
        networks={UUID(key): NetworkState(state) for key, state in networks},
        required=frozenset(parts | {ApplicationPart.title}),
        ending=frozenset(ending),
        member_of=frozenset(members),
        takes_part_in=frozenset(taking_part),
        handled_by=frozenset(facts["handled_by"]),
        ballot_open=facts["ballot_open"],
        filings_open=facts["filings_open"],
        areas_known=areas,
    )


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
