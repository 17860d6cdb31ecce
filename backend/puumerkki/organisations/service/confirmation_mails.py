"""Who is written to about an organisation's confirmation: who can give it, then its own people."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.asking import asking, is_night
from puumerkki.organisations.inviting import invited_by
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import ConfirmationRequest, Organisation, OrganisationState
from puumerkki.organisations.queries import confirmations as queries
from puumerkki.reference.models import Municipality

AT_ONCE = 200


async def ask(session: AsyncSession, organisation: Organisation, request: ConfirmationRequest) -> None:
    """The officers where it has its home; operators, where no officer can or only operators may."""
    if request.for_operator or not await queries.has_officer(session, organisation.id):
        await _ask_operators(session, organisation, request)
        return
    homes = [one.id for one in await queries.homes(session, organisation)]
    own = set(await mailboxes.of_people(session, [one for one in (organisation.added_by, request.asked_by) if one]))
    officers = await mailboxes.of_holders(session, P.organisations_confirm, homes)
    await _ask(session, organisation, request, [one for one in officers if one not in own])


async def tell_operators(session: AsyncSession) -> None:
    """By the clock: what the officers have not answered in their days."""
    if is_night():
        return
    due = (
        select(ConfirmationRequest, Organisation)
        .join(Organisation, col(Organisation.id) == col(ConfirmationRequest.organisation_id))
        .where(
            col(ConfirmationRequest.answered_at).is_(None),
            col(ConfirmationRequest.operators_told_at).is_(None),
            col(ConfirmationRequest.created_at) <= clock.now() - queries.OFFICERS_DAYS,
            col(Organisation.state) == OrganisationState.active,
        )
        .order_by(col(ConfirmationRequest.created_at))
        .limit(AT_ONCE)
        .with_for_update(of=ConfirmationRequest, skip_locked=True)
    )
    for request, organisation in (await session.exec(due)).all():
        await _ask_operators(session, organisation, request)


async def tell(session: AsyncSession, organisation: Organisation, request: ConfirmationRequest) -> None:
    """Its people are told the answer: all may be done now, or what is to be corrected."""
    boxes = {
        *await mailboxes.of_people(session, [one for one in (organisation.added_by, request.asked_by) if one]),
        *await mailboxes.of_holders(session, P.people_manage, [organisation.id]),
    }
    template = "organisation_confirmed" if request.reason is None else "organisation_refused"
    networks = await invited_by(session, organisation.id) if request.reason is None else []
    for box in sorted(boxes):
        named = ", ".join(display_name(names, box.language) for names in networks)
        await _write(session, template, [box], organisation, {"networks": named})


async def _ask_operators(session: AsyncSession, organisation: Organisation, request: ConfirmationRequest) -> None:
    if request.operators_told_at is None:
        request.operators_told_at = clock.now()
        await _ask(session, organisation, request, await mailboxes.of_operators(session))


async def _ask(
    session: AsyncSession, organisation: Organisation, request: ConfirmationRequest, boxes: list[Mailbox]
) -> None:
    """As many as there is room for; the task is there in any case."""
    asks = await asking(session, [box.email for box in boxes], asked_by=request.asked_by)
    told = [box for box in boxes if box.email in asks.addresses]
    home = await session.get(Municipality, organisation.home_municipality_code or "")
    numbers = [organisation.business_id, organisation.association_register_number]
    number = ", ".join(one for one in numbers if one)
    for box in told:
        place = display_name(home.names, box.language) if home else ""
        more = {"number": number, "place": place}
        await _write(session, "organisation_to_confirm", [box], organisation, more, asked_by=asks.by)


async def _write(
    session: AsyncSession,
    template: str,
    boxes: Iterable[Mailbox],
    organisation: Organisation,
    more: Mapping[str, str],
    *,
    asked_by: UUID | None = None,
) -> None:
    for box in sorted(boxes):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.organisations",
            template=template,
            language=box.language,
            asked_by=asked_by,
            envelope=mail.Envelope(
                reason=mail.Reason.task if template == "organisation_to_confirm" else mail.Reason.concerned,
                root=f"organisation {organisation.id}",
            ),
            name=box.name,
            organisation=display_name(organisation.names, box.language),
            link=mail.link(box.language, f"organisations/{organisation.id}"),
            **more,
        )
