"""The day comes on which a network with forty open handlings closes: one mail a person, with the list of theirs."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Ballot, BallotState, Handling
from puumerkki.handlings.service.handlings import receive_version
from puumerkki.handlings.service.network_ends import lapse_ended
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.networks.service.decision_votes import decide_due
from puumerkki.notifications.models import OpenTask
from puumerkki.notifications.service.following import sweep
from puumerkki.notifications.service.mailing import mail_due
from puumerkki.organisations.models.organisations import Sector
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.network_decisions import by_vote
from tests.notifications.people import follow_all, mails
from tests.notifications.test_mailing import NOON
from tests.partnerships.gate import receive

APPLICANTS, HANDLINGS, MEMBERS, IN_BALLOT = 25, 40, 20, 3


async def _applied(scene: Scene) -> tuple[list[Client], list[Client]]:
    """More applicants with one or two applications each, to three authorities; their editors, and the officers."""
    world, editors = scene.world, [scene.editor]
    cities = [await world.organisation(f"Kunta {place}", sector=Sector.municipality) for place in range(3)]
    officers = [await world.person((Role.officer, city.id)) for city in cities]
    applicants = [scene.applicant]
    for place in range(APPLICANTS - 1):
        applicants.append(await world.organisation(f"Hakija {place} ry"))
        await world.member(scene.network, applicants[-1])
        editors.append(await world.person((Role.editor, applicants[-1].id)))
    for place in range(1, HANDLINGS):
        whose = place % APPLICANTS
        given = {"networks": [scene.network], "authorities": [cities[place % 3]], "title": f"Hakemus {place}"}
        application = await world.application(applicants[whose], **given)
        version, actor = await world.version(application), await scene.actor(editors[whose])
        await receive_version(world.session, application=application, version=version, before=None, actor=actor)
        await receive(world.session, application, version)
    await world.session.flush()
    return editors, officers


async def _balloted(scene: Scene) -> None:
    """Some are voted on when the day comes."""
    found = await scene.world.session.exec(
        select(Handling.id).where(col(Handling.network_id) == scene.network.id).order_by(col(Handling.id))
    )
    for scene.handling_id in found.all()[:IN_BALLOT]:
        await scene.to_ballot()


async def test_one_mail_a_person_with_the_list_of_theirs(world: World) -> None:
    session = world.session
    with clock.fixed(NOON):
        scene = await make_scene(world, members=MEMBERS)
        editors, officers = await _applied(scene)
        await sweep(session)
        on = (clock.today() + timedelta(days=31)).isoformat()
        closing = {"kind": "close", "on_day": on, "reason": "Työ on tehty."}
        decided = await by_vote(world, scene.network, scene.coordinator, **closing)
        assert decided.json()["state"] == "adopted", decided.text
        await _balloted(scene)
        await follow_all(session)
        while await mail_due(session):
            pass
    announced = await mails(session, (await session.get_one(User, editors[1].person_id)).email)
    [of_the_day] = [one for one in announced if "lakkautetaan" in one.subject]
    assert "Hakemus 1\n" in of_the_day.body and "Hakemus 26\n" in of_the_day.body
    await session.exec(delete(OutboxMessage))
    day = NOON + timedelta(days=31)
    with clock.fixed(day):
        await decide_due(session)
        await lapse_ended(session)
        await follow_all(session)
        while await mail_due(session):
            pass
    with clock.fixed(day + timedelta(days=1)):
        while await mail_due(session):
            pass
    ended = await _mails(world)
    open_ = col(Handling.state).in_(OPEN_HANDLING)
    left = await session.exec(select(Handling.id).where(col(Handling.network_id) == scene.network.id, open_))
    assert left.all() == []
    voted_on = await session.exec(select(Ballot.id).where(col(Ballot.state) == BallotState.open))
    assert voted_on.all() == [], "their ballots end with them"
    waits = await session.exec(
        select(OpenTask.kind).where(col(OpenTask.network_id) == scene.network.id, col(OpenTask.closed_at).is_(None))
    )
    assert waits.all() == []
    concerned = [(await session.get_one(User, one.person_id)).email for one in [*editors, *officers]]
    assert [ended[one] for one in concerned] == [1] * len(concerned)
    assert set(ended.values()) == {1}
    theirs = await mails(session, concerned[1])
    assert "Hakemus 1\n" in theirs[0].body and "Hakemus 26\n" in theirs[0].body, "the list of theirs"


async def _mails(world: World) -> Counter[str]:
    return Counter((await world.session.exec(select(OutboxMessage.recipient))).all())
