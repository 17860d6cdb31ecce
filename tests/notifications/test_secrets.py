"""What notices and their mails never tell: how anybody voted, and what people wrote."""

from datetime import timedelta

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.notifications.models import Notice
from puumerkki.notifications.service.mailing import mail_due
from tests.factories import World
from tests.mail_rules import faults
from tests.notifications.people import follow_all
from tests.notifications.test_tells import begun
from tests.personas import make_cast
from tests.valid_requests import handlings

PLANTED = "Kanarialintu"


async def _told(world: World) -> list[tuple[object, ...]]:
    found = await world.session.exec(
        select(Notice).where(col(Notice.position).is_not(None)).order_by(col(Notice.principal_id), col(Notice.position))
    )
    return [(one.principal_id, one.kind, one.count, one.digest, one.send_at is None) for one in found]


async def test_a_vote_tells_nobody_anything_before_the_close(world: World) -> None:
    """The twin of a world in which somebody votes otherwise has the same notices and mails."""
    cast = await make_cast(world)
    third = await world.organisation("Kolmas ry")
    member = await world.member(cast.network, third)
    representative = await world.person((Role.representative, cast.network.id, third.id))
    handling = await handlings.in_ballot(cast)
    await begun(cast)
    before = await _told(world)
    twins = []
    for choice in ("for", "against"):
        body = {"choice": choice, "reason": PLANTED}
        answer = await representative.put(f"/handlings/{handling.id}/ballot/votes/{member.id}", body)
        assert answer.status_code == 200, answer.text
        await follow_all(world.session)
        mails = (await world.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id)))).all()
        twins.append((await _told(world), [(one.recipient, one.subject, one.body, one.headers) for one in mails]))
    assert twins[0] == twins[1]
    assert twins[0][0] == before


async def test_what_people_wrote_stands_in_no_mail(world: World) -> None:
    cast = await make_cast(world)
    handling = await handlings.in_ballot(cast)
    version = (
        await world.session.exec(
            select(ApplicationVersion).where(col(ApplicationVersion.application_id) == handling.application_id)
        )
    ).one()
    written = [
        one for name, one in version.content.items() if isinstance(one, str) and name != "title" and len(one) > 12
    ]
    assert written
    await begun(cast)
    for audience in ("applicants", "network"):
        for _ in range(3):
            body = {
                "subject_kind": "handling",
                "subject_id": str(handling.id),
                "body": PLANTED,
                "audience": audience,
            }
            answer = await cast["coordinator"].post("/comments", body)
            assert answer.status_code == 201, answer.text
    path = f"/handlings/{handling.id}/ballot/votes/{cast.neighbour_member.id}"
    voted = await cast["representative"].put(path, {"choice": "against", "reason": PLANTED})
    assert voted.status_code == 200, voted.text
    await follow_all(world.session)
    morning = clock.now().astimezone(clock.FINLAND).replace(hour=9)
    for days in range(1, 9):
        with clock.fixed(morning + timedelta(days=days)):
            await mail_due(world.session)
    mails = (await world.session.exec(select(OutboxMessage))).all()
    assert any("uutta kommenttia" in one.body for one in mails)
    assert [fault for one in mails for fault in faults(one)] == []
    for one in mails:
        said = "".join((one.subject, one.body, one.html or "", *one.headers.values(), one.calendar or ""))
        assert not [secret for secret in (PLANTED, *written) if secret in said], one.subject
