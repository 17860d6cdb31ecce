"""Holes in the rules of the gate, planted in the product for one test each; a walk must come upon every one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import literal, select, union
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.actor import Caller, granted_scopes
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationApplicant
from puumerkki.applications.queries import applicants
from puumerkki.applications.service import applicants as applicants_service
from puumerkki.applications.service import applications
from puumerkki.disqualification.queries import tied
from puumerkki.kernel.reads.listings import AccessPath
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.queries import partner_requests
from puumerkki.partnerships.queries.gate_matching import Concern, concerns
from puumerkki.partnerships.service import partner_actions
from puumerkki.partnerships.service import partner_requests as service
from puumerkki.partnerships.workflow.partner_requests import PARTNER_REQUEST, endorsements_in_force

Patch = pytest.MonkeyPatch


def applicants_of_the_working_copy(patch: Patch) -> None:
    """Rule 1: naming or taking out a co-applicant ties and unties people."""

    def found(application_id: Any) -> Any:
        leading, further = aliased(Application), aliased(ApplicationApplicant)
        return union(
            select(col(leading.applicant_id)).where(col(leading.id) == application_id).correlate_except(leading),
            select(col(further.organisation_id))
            .where(col(further.application_id) == application_id)
            .correlate_except(further),
        )

    for where in (applicants, tied):
        patch.setattr(where, "applicants_for_ties", found)


def applicants_without_consent(patch: Patch) -> None:
    """Rule 2: who was asked to apply writes as if they had said yes, and is frozen into versions."""
    for where in (applications, applicants_service):
        patch.setattr(where, "writer_ids", applicants.reader_ids)


def policies_by_name_only(patch: Patch) -> None:
    """Rule 5: the parent group, or none at all, opens the gate without a word."""

    async def named(*given: Any, **more: Any) -> list[Concern]:
        return [one for one in await concerns(*given, **more) if one.cause == "named"]

    patch.setattr(service, "concerns", named)


def one_policy_is_enough(patch: Patch) -> None:
    """Rule 7: of several policies that concern a case only the first is kept."""

    async def first(*given: Any, **more: Any) -> list[Concern]:
        return (await concerns(*given, **more))[:1]

    patch.setattr(service, "concerns", first)


def named_networks_read(patch: Patch) -> None:
    """Rule 10: a network that a policy names reads the case, though the application never came to it."""

    def named(viewer: Caller) -> AccessPath:
        row = aliased(GateRequirement)
        networks: Any = col(row.network_ids)
        return AccessPath(networks.overlap(granted_scopes(P.handlings_read, viewer)), key=col(row.partner_request_id))

    patch.setattr(partner_requests, "_network_way", named)


def ties_end_when_taken_back(patch: Patch) -> None:
    """Rule 11: who was tied leads, votes and begins once the role or the declaration is gone."""
    for where in (applicants, tied):
        patch.setattr(where, "begun", lambda _: literal(datetime(9999, 1, 1, tzinfo=UTC)))


def no_only_with_endorsements(patch: Patch) -> None:
    """Rule 28: a network's silence keeps the authority from answering."""
    rows = tuple(
        replace(one, guards=(endorsements_in_force, *one.guards))
        if one.action in ("answer_none", "not_take_up")
        else one
        for one in PARTNER_REQUEST.transitions
    )
    patch.setattr(partner_actions, "PARTNER_REQUEST", replace(PARTNER_REQUEST, transitions=rows))


def decisions_are_not_looked_at(patch: Patch) -> None:
    """Rule 36: an endorsement ends, or a new version comes, and no decider hears of it."""

    async def nothing(*_: Any, **__: UUID | None) -> None:
        return None

    patch.setattr(service, "look_at", nothing)


HOLES: tuple[Callable[[Patch], None], ...] = (
    applicants_of_the_working_copy,
    applicants_without_consent,
    policies_by_name_only,
    one_policy_is_enough,
    named_networks_read,
    ties_end_when_taken_back,
    no_only_with_endorsements,
    decisions_are_not_looked_at,
)
