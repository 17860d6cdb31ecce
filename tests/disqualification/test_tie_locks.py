"""The clock ends ties in dispute: it locks cases in the order in which whatever does several cases locks them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.disqualification.service.tie_effects import lapse_unsettled
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Sector
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.factories import World
from tests.partnerships import gate


async def test_cases_of_one_application_are_locked_by_their_ids(world: World) -> None:
    """Whichever was asked about first."""
    found = await gate.scene(world, gate=False)
    towns = [found.city, await world.organisation("Kempele", sector=Sector.municipality)]
    editor = await world.person((Role.editor, found.association.id))
    application = await world.application(found.association, networks=[found.network], authorities=towns)
    await gate.receive(world.session, application, await world.version(application))
    of = select(PartnerRequest).where(col(PartnerRequest.application_id) == application.id)
    requests = (await world.session.exec(of.order_by(col(PartnerRequest.id)))).all()
    assert len(requests) == 2
    for request in reversed(requests):
        decider = await world.person((Role.decider, request.authority_id))
        about = {"principal_id": str(decider.id), "organisation_id": str(found.association.id), "reason": "Puoliso."}
        asked = await editor.post(f"/partner-requests/{request.id}/ties", about)
        assert asked.status_code == 200, asked.text
    locked: list[Any] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "FROM partner_request" in statement and "FOR UPDATE" in statement:
            locked.extend(one for one in parameters.values() if one in {request.id for request in requests})

    connection = (await world.session.connection()).sync_connection
    event.listen(connection, "before_cursor_execute", note)
    with clock.fixed(clock.now() + timedelta(days=15)):
        await lapse_unsettled(world.session)
    event.remove(connection, "before_cursor_execute", note)
    assert locked == [one.id for one in requests]
