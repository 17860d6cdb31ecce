"""Filings: an application as it was sent to a funder, and what came of it."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep
from puumerkki.filings import queries, schemas, service
from puumerkki.filings.models import Filing
from puumerkki.filings.schemas import FilingPage, FilingPublic
from puumerkki.kernel.http import SessionDep, api_router, set_etag

filings = api_router("filings")

ROUTERS = (filings,)


async def _answer(session: SessionDep, actor: Actor, response: Response, filing: Filing) -> FilingPublic:
    await session.flush()
    set_etag(response, filing)
    title, funder_names = await queries.names(session, filing)
    return FilingPublic(
        **{name: getattr(filing, name) for name in queries.COLUMNS},
        title=title,
        funder_names=funder_names,
        differences=[schemas.Difference.model_validate(one) for one in filing.differences],
        decision_reason=filing.decision_reason,
        plan_change=filing.plan_change,
        granted_in_full=service.granted_in_full(filing),
        available_actions=await service.available(session, actor, filing),
    )


listing(
    filings,
    "",
    "filings_list_filings",
    "Filings that you may know of, the newest first",
    queries.FILINGS,
    FilingPage,
    schemas.FilingQuery,
    signed_in=True,
)


@filings.get("/{filing_id}", operation_id="filings_get_filing", summary="One filing", response_model=FilingPublic)
async def get_filing(session: SessionDep, actor: ActorDep, response: Response, filing_id: UUID) -> FilingPublic:
    return await _answer(session, actor, response, await queries.filing(session, actor, filing_id))


action(
    filings,
    "",
    "filings_plan_filing",
    "Plan to file an application with a funder",
    service.plan_filing,
    _answer,
    location="/{id}",
)

action(
    filings,
    "/{filing_id}",
    "filings_update_filing",
    "Change a planned filing",
    service.update_filing,
    _answer,
    method="PATCH",
)

action(
    filings,
    "/{filing_id}/file",
    "filings_file_filing",
    "Record that it was filed with the funder",
    service.file_filing,
    _answer,
)

action(
    filings,
    "/{filing_id}/grant",
    "filings_grant_filing",
    "Record that the funder granted money",
    service.grant_filing,
    _answer,
)

action(
    filings,
    "/{filing_id}/refuse",
    "filings_refuse_filing",
    "Record that the funder refused it",
    service.refuse_filing,
    _answer,
)

action(
    filings, "/{filing_id}/withdraw", "filings_withdraw_filing", "Withdraw a filing", service.withdraw_filing, _answer
)

action(
    filings,
    "/{filing_id}/change_plan",
    "filings_change_plan",
    "Record a change of the plan after the grant",
    service.change_plan,
    _answer,
)

action(
    filings,
    "/{filing_id}/report",
    "filings_report_filing",
    "Record that the report was given to the funder",
    service.report_filing,
    _answer,
)

action(
    filings,
    "/{filing_id}/close",
    "filings_close_filing",
    "Close a filing that has been reported on",
    service.close_filing,
    _answer,
)

action(
    filings,
    "/{filing_id}/recover",
    "filings_recover_filing",
    "Record money that has to be paid back",
    service.recover_filing,
    _answer,
)
