"""Work between a merge and its undoing: one of each kind that a room's link declares, by people of the merged one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import create_principal
from puumerkki.applications.models.applications import Application, ApplicationApplicant
from puumerkki.identity.models import RoleOffer, ServiceAccount
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.networks.models.networks import MemberState, NetworkKind, Seat
from puumerkki.organisations.models.hosts import HostAsking
from puumerkki.organisations.models.organisations import Organisation, OrganisationRelation, RelationKind
from puumerkki.partnerships.events.gate_policies import GatePolicyCreated
from puumerkki.partnerships.models.gate import GatePolicy
from puumerkki.reports.events import EvaluationGiven
from puumerkki.reports.models import Evaluation, GoesOn
from tests.factories import OULU
from tests.personas import Cast

Made = str | None
"""The path of what was made, where it has one."""


@dataclass(frozen=True)
class Work:
    """`links`: which of the rooms' links it tells of. `stops`: others rely on it; else it goes with who made it."""

    do: Callable[[Cast, Organisation], Awaitable[Made]]
    links: frozenset[str]
    stops: bool


WORKS: dict[str, Work] = {}


def work(*links: str, stops: bool = False) -> Callable[[Any], Any]:
    """Declare a work of the cast's people in the name of the organisation that remains."""

    def declare(do: Any) -> Any:
        WORKS[do.__name__] = Work(do, frozenset(links), stops)
        return do

    return declare


async def sent(cast: Cast, by: str, path: str, given: Any, **options: Any) -> str:
    answer = await cast[by].post(path, given, **options)
    assert answer.status_code in (200, 201, 202, 204), answer.text
    return answer.headers.get("location", "").removeprefix("/api/v1")


async def added(cast: Cast, *rows: Any) -> None:
    cast.world.session.add_all(rows)
    await cast.world.session.flush()


@work("application.applicant_id")
async def draft_application(cast: Cast, into: Organisation) -> Made:
    return await sent(
        cast, "editor", "/applications", {"applicant_id": str(into.id), "title": "Kerho", "language": "fi"}
    )


@work("application_version.submitted_for_organisation_id", "application.applicant_id", stops=True)
async def submitted_application(cast: Cast, into: Organisation) -> Made:
    path = await draft_application(cast, into)
    made = UUID(path.rsplit("/", 1)[1])
    await (await cast.world.session.connection()).execute(
        text(
            "insert into application_version (id, created_at, application_id, number, title, content, private, salt,"
            " submitted_by, submitted_for_organisation_id)"
            " values (gen_random_uuid(), :now, :id, 1, 'Kerho', '{}', '{}', '\\x00', :by, :into)"
        ),
        {"now": clock.now(), "id": made, "by": cast["editor"].id, "into": into.id},
    )
    moved = text("update application set state = 'active', current_version = 1 where id = :id")
    await (await cast.world.session.connection()).execute(moved, {"id": made})
    application = await cast.world.session.get_one(Application, made)
    await cast.world.session.refresh(application)
    return path


@work("application_applicant.organisation_id", stops=True)
async def accepted_to_apply(cast: Cast, into: Organisation) -> Made:
    application = await cast.world.application(cast.neighbour)
    asked = {"application_id": application.id, "organisation_id": into.id, "asked_at": clock.now(), "reminded": 0}
    yes = {"answer": "accepted", "answered_at": clock.now(), "answered_by": cast["editor"].id}
    await added(cast, ApplicationApplicant.model_validate(asked | yes))
    return f"/applications/{application.id}"


def agreement(into: Organisation, other: Organisation) -> dict[str, Any]:
    return {
        "kind": "cooperation",
        "title": "Yhteinen talo",
        "organisation_id": str(into.id),
        "party_ids": [str(other.id)],
        "starts_on": str(clock.today()),
        "ends_on": str(clock.today() + timedelta(days=900)),
        "content": {"purpose": "Talo on auki joka päivä."},
    }


@work("agreement_party.organisation_id", "agreement.drafted_by_organisation_id")
async def draft_agreement(cast: Cast, into: Organisation) -> Made:
    return await sent(cast, "editor", "/agreements", agreement(into, cast.city))


@work("agreement_version.proposed_for_organisation_id", "agreement_signature.organisation_id", stops=True)
async def signed_agreement(cast: Cast, into: Organisation) -> Made:
    path = await draft_agreement(cast, into)
    await sent(cast, "editor", f"{path}/propose", None, if_match=1)
    given = {"organisation_id": str(into.id), "version_number": 1}
    await sent(cast, "signatory", f"{path}/sign", given)
    return path


@work("agreement_template.organisation_id")
async def template(cast: Cast, into: Organisation) -> Made:
    given = {
        "organisation_id": str(into.id),
        "kind": "partnership",
        "language": "fi",
        "name": "Pohjamme",
        "content": {},
    }
    return await sent(cast, "editor", "/agreements/templates", given)


@work("need.raised_for_organisation_id")
async def raised_need(cast: Cast, into: Organisation) -> Made:
    given = {"network_id": str(cast.network.id), "raised_for_organisation_id": str(into.id), "municipality_code": OULU}
    words = {"title": "Kuljetuksia kerhoihin", "description": "Kerhoihin ei pääse linja-autolla."}
    return await sent(cast, "editor", "/needs", given | words)


@work("need.raised_for_organisation_id", stops=True)
async def agreed_need(cast: Cast, into: Organisation) -> Made:
    path = await raised_need(cast, into)
    await sent(cast, "coordinator", f"{path}/agree", None, if_match=1)
    return path


@work("funding_call.funder_id")
async def draft_call(cast: Cast, into: Organisation) -> Made:
    days = {"opens_at": "2027-01-01T00:00:00Z", "closes_at": "2027-02-01T00:00:00Z"}
    return await sent(cast, "funder", "/calls", {"funder_id": str(into.id), "names": {"fi": "Pienavustus"}} | days)


@work("funding_call.funder_id", stops=True)
async def published_call(cast: Cast, into: Organisation) -> Made:
    path = await draft_call(cast, into)
    await sent(cast, "funder", f"{path}/publish", None, if_match=1)
    return path


@work("report.organisation_id")
async def draft_report(cast: Cast, into: Organisation) -> Made:
    [one] = (await cast["editor"].get("/agreements")).json()["items"]
    about = {"subject_kind": "agreement", "subject_id": one["id"], "organisation_id": str(into.id), "year": 2027}
    return await sent(cast, "editor", "/reports", about | {"content": {"activities": "Kerho kokoontui."}})


@work("evaluation.organisation_id", stops=True)
async def evaluation(cast: Cast, into: Organisation) -> Made:
    about = UUID((await draft_agreement(cast, into) or "").rsplit("/", 1)[1])
    made = Evaluation(
        subject_kind="agreement", subject_id=about, organisation_id=into.id, year=2027, goals_met=4, cooperation=4,
        went_well="Hyvin.", to_improve="Ei mitään.", goes_on=GoesOn.yes,
    )  # fmt: skip
    await added(cast, made)
    told = {"evaluation_id": made.id, "organisation_id": into.id, "year": 2027}
    event = EvaluationGiven(subject=Ref("agreement", about), related=(into.id,), **told)
    await publish(cast.world.session, event, actor_id=cast["editor"].id)
    return None


@work("contact.organisation_id")
async def contact(cast: Cast, into: Organisation) -> Made:
    await sent(cast, "owner", f"/organisations/{into.id}/contacts", {"name": "Matti", "email": "matti@example.org"})
    return None


@work("organisation_relation.organisation_id")
async def umbrella(cast: Cast, into: Organisation) -> Made:
    above = await cast.world.organisation("Liitto ry")
    await sent(cast, "owner", f"/organisations/{into.id}/relations", {"other_id": str(above.id), "kind": "umbrella"})
    return None


def _hosted(group: UUID, host: UUID, **more: Any) -> OrganisationRelation:
    days = {"kind": RelationKind.host, "starts_on": clock.today()}
    return OrganisationRelation(organisation_id=group, other_id=host, **days, **more)


@work("organisation_relation.other_id", stops=True)
async def became_host(cast: Cast, into: Organisation) -> Made:
    group = await cast.world.organisation("Tuiran asukkaat")
    await added(cast, _hosted(group.id, into.id, accepted_at=clock.now(), accepted_by=cast["owner"].id))
    return None


@work("host_asking.group_id")
async def asked_for_host(cast: Cast, into: Organisation) -> Made:
    asked = {"group_id": into.id, "host_id": cast.neighbour.id, "asked_by": cast["owner"].id, "told_at": clock.now()}
    await added(cast, _hosted(into.id, cast.neighbour.id), HostAsking(**asked))
    return None


@work("role_grant.scope_id", stops=True)
async def let_in(cast: Cast, into: Organisation) -> Made:
    somebody = await cast.world.person((Role.editor, into.id))
    given = text("update role_grant set granted_by = :owner where principal_id = :who")
    await (await cast.world.session.connection()).execute(given, {"owner": cast["owner"].id, "who": somebody.id})
    return None


@work("role_grant.for_organisation_id")
async def representative(cast: Cast, into: Organisation) -> Made:
    await cast.world.person((Role.representative, cast.network.id, into.id))
    return None


@work("role_offer.scope_id", "role_offer.organisation_id")
async def invitation(cast: Cast, into: Organisation) -> Made:
    whom = {"email": "uusi@example.org", "name": "Uusi", "language": "fi", "role": "editor"}
    await sent(cast, "owner", "/invitations", whom | {"scope_kind": "organisation", "scope_id": str(into.id)})
    return None


@work("role_offer.for_organisation_id", "role_offer.organisation_id")
async def offer_to_speak(cast: Cast, into: Organisation) -> Made:
    where = {"scope_kind": ScopeKind.network, "scope_id": cast.network.id}
    whose = {"for_organisation_id": into.id, "organisation_id": into.id, "offered_by": cast["owner"].id}
    days = {"role": Role.representative, "expires_at": clock.now() + timedelta(days=14)}
    await added(cast, RoleOffer(principal_id=cast["outsider"].person_id, **where, **whose, **days))
    return None


@work("service_account.organisation_id", stops=True)
async def service_account(cast: Cast, into: Organisation) -> Made:
    principal = await create_principal(cast.world.session, PrincipalKind.service)
    makers = {"maker_ids": [cast["owner"].id], "secret_hash": b"x", "scopes": []}
    await added(cast, ServiceAccount(id=principal.id, organisation_id=into.id, name="Ajo", **makers))
    return None


@work("import_job.organisation_id")
async def trial_import(cast: Cast, into: Organisation) -> Made:
    file = {"content": b"Hankkeen nimi;Tarkoitus\nKerho;Seuraa\n", "headers": {"content-type": "text/csv"}}
    path = f"/imports?kind=applications&dry_run=true&organisation_id={into.id}"
    made = await sent(cast, "editor", path, None, **file)
    await (await cast.world.session.connection()).execute(text("update import_job set state = 'tried'"))
    return made


@work("network_member.organisation_id")
async def asked_to_join(cast: Cast, into: Organisation) -> Made:
    other = await cast.world.network("Toinen")
    await sent(cast, "owner", f"/networks/{other.id}/members", {"organisation_id": str(into.id)})
    [row] = (await cast["owner"].get(f"/networks/{other.id}/members")).json()["items"]
    assert row["state"] == MemberState.requested
    return None


@work("seat.organisation_id")
async def seated(cast: Cast, into: Organisation) -> Made:
    cast.network.kind = NetworkKind.advisory_board
    days = {"term_starts_on": clock.today(), "term_ends_on": clock.today() + timedelta(days=700)}
    whose = {"principal_id": cast["editor"].id, "organisation_id": into.id}
    await added(cast, Seat(network_id=cast.network.id, theme={"fi": "Ikäihmiset"}, **whose, **days))
    return None


@work("gate_policy.authority_id", stops=True)
async def requirement(cast: Cast, into: Organisation) -> Made:
    when = {"starts_on": clock.today(), "published_at": clock.now()}
    made = GatePolicy(authority_id=into.id, network_ids=[cast.network.id], **when)
    await added(cast, made)
    event = GatePolicyCreated(subject=Ref("gate_policy", made.id), related=(into.id,))
    await publish(cast.world.session, event, actor_id=cast["owner"].id)
    return None
