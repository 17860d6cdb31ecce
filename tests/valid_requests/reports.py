"""Reports of the association on its agreement with the city, and both parties' evaluations."""

from typing import Any
from uuid import UUID

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.reports.models import Evaluation, GoesOn, Report
from puumerkki.reports.schemas.evaluations import EvaluationCreate
from puumerkki.reports.schemas.reports import ReportCreate, ReportReturn, ReportUpdate
from puumerkki.reports.service import evaluations, reports
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.agreements import in_force

YEAR = 2027
CONTENT: dict[str, Any] = {
    "activities": "Kerho kokoontui kahdesti viikossa.",
    "figures": [
        {"month": 1, "target_group": "KR1.1", "what": "visits", "amount": 40},
        {"month": 2, "target_group": "KR1.1", "what": "visits", "amount": 35},
        {"what": "events", "amount": 12},
    ],
    "contributions": [
        {"kind": "money", "cents": 125_000, "budget_line": "Kerhotoiminta"},
        {"kind": "volunteers", "hours": 300},
    ],
    "stories": ["Kerhosta löytyi ystävä."],
}


async def _actor(cast: Cast, role: str) -> Actor:
    return await load_actor(cast.world.session, Caller(id=cast[role].id, kind=PrincipalKind.user))


async def drafted(cast: Cast, agreement_id: UUID | None = None, **more: Any) -> Report:
    """A complete draft of the association, on a new agreement unless told otherwise."""
    given = ReportCreate.model_validate(
        {
            "subject_kind": "agreement",
            "subject_id": agreement_id or (await in_force(cast)).id,
            "organisation_id": cast.association.id,
            "year": YEAR,
            "content": CONTENT,
        }
        | more
    )
    made = await reports.draft_report(cast.world.session, actor=await _actor(cast, "editor"), given=given)
    await cast.world.session.flush()
    return made


async def submitted(cast: Cast, agreement_id: UUID | None = None, **more: Any) -> Report:
    """One that waits for the city."""
    found = await drafted(cast, agreement_id, **more)
    session, editor = cast.world.session, await _actor(cast, "editor")
    await reports.submit_report(session, actor=editor, report_id=found.id, if_version=found.version)
    await session.flush()
    return found


async def returned(cast: Cast, agreement_id: UUID | None = None, **more: Any) -> Report:
    """One that the city returned, and whose working copy has gone on since."""
    found = await submitted(cast, agreement_id, **more)
    session, officer = cast.world.session, await _actor(cast, "officer")
    given = ReportReturn(reason="Talkootunnit puuttuvat.")
    await reports.return_report(session, actor=officer, report_id=found.id, if_version=found.version, given=given)
    update = ReportUpdate.model_validate({"content": {"problems": "Tila oli kesällä kiinni."}})
    editor = await _actor(cast, "editor")
    await reports.update_report(session, actor=editor, report_id=found.id, if_version=found.version, given=update)
    await session.flush()
    return found


async def evaluated(cast: Cast) -> Evaluation:
    """The association's evaluation; the city's is missing."""
    given = EvaluationCreate(
        subject_kind="agreement",
        subject_id=(await in_force(cast)).id,
        organisation_id=cast.association.id,
        year=YEAR,
        goals_met=4,
        cooperation=5,
        went_well="Tilat olivat hyvät.",
        goes_on=GoesOn.yes,
    )
    made = await evaluations.give_evaluation(cast.world.session, actor=await _actor(cast, "editor"), given=given)
    await cast.world.session.flush()
    return made


@operation("reports_list_reports")
async def list_reports(cast: Cast) -> Call:
    await submitted(cast)
    return Call("GET", f"/reports?year={YEAR}&sort=-year", by="officer")


@operation("reports_export_reports")
async def export_reports(cast: Cast) -> Call:
    await submitted(cast)
    return Call("GET", f"/reports/export.csv?year={YEAR}&sort=-year", by="officer")


@operation("reports_get_figures")
async def get_figures(cast: Cast) -> Call:
    found = await submitted(cast)
    return Call("GET", f"/reports/figures?subject_kind=agreement&subject_id={found.subject_id}", by="decider")


@operation("reports_list_parties")
async def list_parties(cast: Cast) -> Call:
    found = await in_force(cast)
    return Call("GET", f"/reports/parties?subject_kind=agreement&subject_id={found.id}", by="viewer")


@operation("reports_get_report")
async def get_report(cast: Cast) -> Call:
    return Call("GET", f"/reports/{(await submitted(cast)).id}", by="registry")


@operation("reports_create_report")
async def create_report(cast: Cast) -> Call:
    given = {
        "subject_kind": "agreement",
        "subject_id": str((await in_force(cast)).id),
        "organisation_id": str(cast.association.id),
        "year": YEAR,
        "content": CONTENT,
    }
    return Call("POST", "/reports", by="editor", json=given)


@operation("reports_update_report")
async def update_report(cast: Cast) -> Call:
    found = await drafted(cast)
    given = {"content": {"problems": "Tila oli kesällä kiinni.", "stories": None}}
    return Call("PATCH", f"/reports/{found.id}", by="editor", json=given, if_match=found.version)


@operation("reports_submit_report")
async def submit_report(cast: Cast) -> Call:
    found = await drafted(cast)
    return Call("POST", f"/reports/{found.id}/submit", by="editor", if_match=found.version)


@operation("reports_accept_report")
async def accept_report(cast: Cast) -> Call:
    found = await submitted(cast)
    return Call("POST", f"/reports/{found.id}/accept", by="decider", if_match=found.version)


@operation("reports_return_report")
async def return_report(cast: Cast) -> Call:
    found = await submitted(cast)
    given = {"reason": "Talkootunnit puuttuvat."}
    return Call("POST", f"/reports/{found.id}/return", by="officer", json=given, if_match=found.version)


@operation("reports_list_timeline")
async def list_timeline(cast: Cast) -> Call:
    return Call("GET", f"/reports/{(await submitted(cast)).id}/timeline", by="officer")


@operation("evaluations_list_evaluations")
async def list_evaluations(cast: Cast) -> Call:
    found = await evaluated(cast)
    return Call("GET", f"/evaluations?subject_kind=agreement&subject_id={found.subject_id}", by="officer")


@operation("evaluations_get_evaluation")
async def get_evaluation(cast: Cast) -> Call:
    return Call("GET", f"/evaluations/{(await evaluated(cast)).id}", by="viewer")


@operation("evaluations_give_evaluation")
async def give_evaluation(cast: Cast) -> Call:
    given = {
        "subject_kind": "agreement",
        "subject_id": str((await in_force(cast)).id),
        "organisation_id": str(cast.city.id),
        "year": YEAR,
        "goals_met": 4,
        "cooperation": 5,
        "to_improve": "Useampi ilta.",
        "goes_on": "changed",
    }
    return Call("POST", "/evaluations", by="officer", json=given)


@operation("evaluations_update_evaluation")
async def update_evaluation(cast: Cast) -> Call:
    found = await evaluated(cast)
    given = {"cooperation": 3, "went_well": None}
    return Call("PATCH", f"/evaluations/{found.id}", by="editor", json=given, if_match=found.version)
