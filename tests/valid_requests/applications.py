"""Calls, applications and filings."""

from datetime import date, timedelta
from typing import Any

from puumerkki.applications.models.applications import Application, ApplicationApplicant
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.filings.models import Filing, FilingState
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Organisation
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def make_call(cast: Cast, state: CallState) -> FundingCall:
    now = clock.now()
    call = FundingCall(
        funder_id=cast.city.id,
        names={"fi": "Kumppanuusavustus"},
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
        state=state,
    )
    cast.world.session.add(call)
    await cast.world.session.flush()
    return call


async def _application(cast: Cast, **more: Any) -> Application:
    return await cast.world.application(cast.association, networks=[cast.network], authorities=[cast.city], **more)


async def _active(cast: Cast) -> Application:
    application = await _application(cast)
    await cast.world.version(application)
    return application


async def _filing(cast: Cast, state: FilingState, **more: Any) -> Filing:
    application = await _active(cast)
    sent: dict[str, Any] = {} if state is FilingState.planned else {"filed_on": date(2026, 11, 1), "version_number": 1}
    filing = Filing(application_id=application.id, funder_id=cast.city.id, state=state, **(sent | more))
    cast.world.session.add(filing)
    await cast.world.session.flush()
    return filing


@operation("calls_list_calls")
async def list_calls(cast: Cast) -> Call:
    await make_call(cast, CallState.published)
    return Call("GET", "/calls", by="anonymous")


@operation("calls_export_calls")
async def export_calls(cast: Cast) -> Call:
    await make_call(cast, CallState.published)
    return Call("GET", "/calls/export.csv", by="anonymous")


@operation("calls_get_call")
async def get_call(cast: Cast) -> Call:
    return Call("GET", f"/calls/{(await make_call(cast, CallState.published)).id}", by="anonymous")


@operation("calls_create_call")
async def create_call(cast: Cast) -> Call:
    given = {
        "funder_id": str(cast.city.id),
        "names": {"fi": "Kumppanuusavustus"},
        "opens_at": "2027-01-01T00:00:00Z",
        "closes_at": "2027-02-01T00:00:00Z",
    }
    return Call("POST", "/calls", by="officer", json=given)


@operation("calls_update_call")
async def update_call(cast: Cast) -> Call:
    call = await make_call(cast, CallState.draft)
    return Call("PATCH", f"/calls/{call.id}", by="officer", json={"max_cents": 100}, if_match=call.version)


@operation("calls_publish_call")
async def publish_call(cast: Cast) -> Call:
    call = await make_call(cast, CallState.draft)
    return Call("POST", f"/calls/{call.id}/publish", by="officer", if_match=call.version)


@operation("calls_cancel_call")
async def cancel_call(cast: Cast) -> Call:
    call = await make_call(cast, CallState.published)
    return Call("POST", f"/calls/{call.id}/cancel", by="officer", if_match=call.version)


@operation("applications_list_applications")
async def list_applications(cast: Cast) -> Call:
    await _active(cast)
    return Call("GET", "/applications", by="viewer")


@operation("applications_export_applications")
async def export_applications(cast: Cast) -> Call:
    await _active(cast)
    return Call("GET", "/applications/export.csv", by="viewer")


@operation("applications_get_application")
async def get_application(cast: Cast) -> Call:
    return Call("GET", f"/applications/{(await _application(cast)).id}", by="viewer")


@operation("applications_create_application")
async def create_application(cast: Cast) -> Call:
    given = {"applicant_id": str(cast.association.id), "title": "Yhdessä kotona"}
    return Call("POST", "/applications", by="editor", json=given)


@operation("applications_update_application")
async def update_application(cast: Cast) -> Call:
    application = await _application(cast)
    given = {"content": {"goals": "Uusi tavoite"}}
    path = f"/applications/{application.id}"
    return Call("PATCH", path, by="editor", json=given, if_match=application.version)


@operation("applications_delete_application")
async def delete_application(cast: Cast) -> Call:
    application = await _application(cast)
    return Call("DELETE", f"/applications/{application.id}", by="editor", if_match=application.version)


@operation("applications_submit_application")
async def submit_application(cast: Cast) -> Call:
    application = await _application(cast)
    return Call("POST", f"/applications/{application.id}/submit", by="editor", if_match=application.version)


@operation("applications_withdraw_application")
async def withdraw_application(cast: Cast) -> Call:
    application = await _active(cast)
    return Call("POST", f"/applications/{application.id}/withdraw", by="owner", if_match=application.version)


@operation("applications_close_application")
async def close_application(cast: Cast) -> Call:
    application = await _active(cast)
    return Call("POST", f"/applications/{application.id}/close", by="editor", if_match=application.version)


@operation("applications_continue_application")
async def continue_application(cast: Cast) -> Call:
    application = await _active(cast)
    return Call("POST", f"/applications/{application.id}/continue", by="editor", if_match=application.version)


@operation("applications_list_versions")
async def list_versions(cast: Cast) -> Call:
    return Call("GET", f"/applications/{(await _active(cast)).id}/versions", by="viewer")


@operation("applications_compare_versions")
async def compare_versions(cast: Cast) -> Call:
    application = await _active(cast)
    await cast.world.version(application, goals="Uusi tavoite")
    return Call("GET", f"/applications/{application.id}/versions/compare?old=1&new=2", by="viewer")


@operation("applications_get_version")
async def get_version(cast: Cast) -> Call:
    return Call("GET", f"/applications/{(await _active(cast)).id}/versions/1", by="viewer")


@operation("applications_compare_previous")
async def compare_previous(cast: Cast) -> Call:
    application = await _application(cast, continues_id=(await _active(cast)).id)
    return Call("GET", f"/applications/{application.id}/differences", by="viewer")


@operation("applications_list_timeline")
async def list_timeline(cast: Cast) -> Call:
    return Call("GET", f"/applications/{(await _application(cast)).id}/timeline", by="viewer")


@operation("filings_list_filings")
async def list_filings(cast: Cast) -> Call:
    await _filing(cast, FilingState.filed)
    return Call("GET", "/filings", by="viewer")


@operation("filings_get_filing")
async def get_filing(cast: Cast) -> Call:
    return Call("GET", f"/filings/{(await _filing(cast, FilingState.filed)).id}", by="viewer")


@operation("filings_plan_filing")
async def plan_filing(cast: Cast) -> Call:
    given = {"application_id": str((await _application(cast)).id), "funder_id": str(cast.city.id)}
    return Call("POST", "/filings", by="editor", json=given)


@operation("filings_update_filing")
async def update_filing(cast: Cast) -> Call:
    filing = await _filing(cast, FilingState.planned)
    return Call("PATCH", f"/filings/{filing.id}", by="editor", json={"applied_cents": 100}, if_match=filing.version)


async def _act(cast: Cast, action: str, state: FilingState, json: Any = None, **more: Any) -> Call:
    filing = await _filing(cast, state, **more)
    return Call("POST", f"/filings/{filing.id}/{action}", by="editor", json=json, if_match=filing.version)


@operation("filings_file_filing")
async def file_filing(cast: Cast) -> Call:
    return await _act(cast, "file", FilingState.planned, {"filed_on": "2026-11-20", "version_number": 1})


@operation("filings_grant_filing")
async def grant_filing(cast: Cast) -> Call:
    return await _act(cast, "grant", FilingState.filed, {"granted_cents": 1_000, "decided_on": "2026-12-20"})


@operation("filings_refuse_filing")
async def refuse_filing(cast: Cast) -> Call:
    return await _act(cast, "refuse", FilingState.filed, {"decided_on": "2026-12-20", "reason": "Rahat loppuivat."})


@operation("filings_withdraw_filing")
async def withdraw_filing(cast: Cast) -> Call:
    return await _act(cast, "withdraw", FilingState.filed)


@operation("filings_change_plan")
async def change_plan(cast: Cast) -> Call:
    return await _act(cast, "change_plan", FilingState.granted, {"plan_change": "Alku siirtyy."}, granted_cents=1_000)


@operation("filings_report_filing")
async def report_filing(cast: Cast) -> Call:
    return await _act(cast, "report", FilingState.granted, {"reported_on": "2027-12-20"}, granted_cents=1_000)


@operation("filings_close_filing")
async def close_filing(cast: Cast) -> Call:
    return await _act(cast, "close", FilingState.reported, granted_cents=1_000)


@operation("filings_recover_filing")
async def recover_filing(cast: Cast) -> Call:
    return await _act(cast, "recover", FilingState.closed, {"cents": 500}, granted_cents=1_000)


async def _ask(cast: Cast, application: Application, organisation: Organisation) -> Application:
    row = ApplicationApplicant(application_id=application.id, organisation_id=organisation.id, asked_at=clock.now())
    cast.world.session.add(row)
    await cast.world.session.flush()
    return application


@operation("applications_answer_applicant")
async def answer_applicant(cast: Cast) -> Call:
    """The association is asked by its neighbour."""
    application = await cast.world.application(cast.neighbour, networks=[cast.network])
    await _ask(cast, application, cast.association)
    path = f"/applications/{application.id}/applicants/{cast.association.id}"
    return Call("PUT", path, by="owner", json={"answer": "accepted"})


@operation("applications_release_co_applicants")
async def release_co_applicants(cast: Cast) -> Call:
    application = await _ask(cast, await _application(cast), cast.neighbour)
    path = f"/applications/{application.id}/release_co_applicants"
    return Call("POST", path, by="editor", if_match=application.version)


@operation("applications_get_by_external_id")
async def get_by_external_id(cast: Cast) -> Call:
    await _application(cast, external_scheme="grants", external_id="1")
    path = f"/applications/by-external-id/grants/1?applicant={cast.association.id}"
    return Call("GET", path, by="editor")


@operation("applications_put_by_external_id")
async def put_by_external_id(cast: Cast) -> Call:
    given = {"applicant_id": str(cast.association.id), "title": "Yhdessä kotona"}
    return Call("PUT", "/applications/by-external-id/grants/1", by="editor", json=given)
