"""Whoever names a call hears that it closes later or is cancelled."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.queries.applicants import writer_ids
from puumerkki.applications.queries.applications import planning
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.handlings.queries import named_calls
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.organisations import mailboxes
from puumerkki.partnerships.queries import gate_matching


async def tell(session: AsyncSession, call: FundingCall) -> None:
    """One mail to each: applicants, networks that have their applications, authorities that require an endorsement."""
    await session.flush()
    submitted = await named_calls.naming(session, call.id)
    known = {one.id: one for one in (*await planning(session, call.id), *submitted)}
    organisations = {one for each in known.values() for one in await writer_ids(session, each)}
    networks = await named_calls.networks_handling(session, [one.id for one in submitted])
    authorities = await gate_matching.authorities_naming(session, call.id)
    boxes = {
        *await mailboxes.of_organisations(session, P.applications_write, sorted(organisations)),
        *await mailboxes.of_holders(session, P.handlings_lead, networks),
        *await mailboxes.of_holders(session, P.gate_policies_manage, authorities),
    }
    for box in sorted(boxes):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.partnerships",
            template="call_changed",
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.call, root=f"call {call.id}"),
            about=f"call_changed {call.id}",
            name=box.name,
            call=display_name(call.names, box.language),
            closes=written_day(clock.last_day(call.closes_at), box.language),
            cancelled=call.state == CallState.cancelled,
            link=mail.link(box.language, f"calls/{call.id}"),
        )
