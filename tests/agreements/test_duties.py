"""Duties: who says that they are done and when, and who is told of them."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from puumerkki.access.models import PrincipalKind
from puumerkki.agreements.models import Agreement, AgreementDuty, DutyKind, DutyState
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.agreements.service.reminders import remind_due
from puumerkki.identity.models import User, UserState
from puumerkki.identity.tokens import issue_access_token
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import in_force

NOON = datetime(2027, 3, 1, 12, tzinfo=clock.FINLAND)
CONTENT = {
    "purpose": "Kerho kahdesti viikossa.",
    "confirm_by": "04-30",
    "check_contacts_by": "04-30",
    "notice_months": 2,
}


async def running(cast: Cast, **more: Any) -> Agreement:
    """In force since 1 March 2027 for five years."""
    return await in_force(
        cast,
        starts_on=NOON.date(),
        ends_on=NOON.date() + timedelta(days=1825),
        content=AgreementContent.model_validate(CONTENT | more),
    )


async def fresh(cast: Cast, *roles: str) -> None:
    """Tokens of the day."""
    for role in roles:
        caller = cast[role]
        assert caller.id is not None
        caller.token, _ = await issue_access_token(cast.world.session, principal_id=caller.id, kind=PrincipalKind.user)


async def duty(cast: Cast, agreement: Agreement, kind: DutyKind, year: int, *, city: bool = False) -> AgreementDuty:
    party = cast.city if city else cast.association
    found = await cast.world.session.exec(
        select(AgreementDuty).where(
            col(AgreementDuty.agreement_id) == agreement.id,
            col(AgreementDuty.organisation_id) == party.id,
            col(AgreementDuty.kind) == kind,
            col(AgreementDuty.year) == year,
        )
    )
    return found.one()


async def complete(cast: Cast, role: str, one: AgreementDuty) -> tuple[int, str]:
    answer = await cast[role].post(f"/agreements/{one.agreement_id}/duties/{one.id}/complete", {})
    return answer.status_code, str(answer.json().get("code", ""))


async def confirmed(cast: Cast, agreement: Agreement) -> int | None:
    await cast.world.session.refresh(agreement)
    return agreement.confirmed_year


async def test_who_may_sign_confirms_and_who_writes_does_the_rest(world: World) -> None:
    cast = await make_cast(world)
    with clock.fixed(NOON):
        found = await running(cast)
        await fresh(cast, "editor", "signatory", "owner", "officer", "decider", "outsider")
        confirmation = await duty(cast, found, DutyKind.confirmation, 2027)
        for role, status in (("editor", 403), ("owner", 403), ("decider", 403), ("outsider", 404)):
            assert (await complete(cast, role, confirmation))[0] == status
        assert await complete(cast, "signatory", confirmation) == (200, "")
        assert await complete(cast, "signatory", confirmation) == (409, "wrong_state")
        assert await confirmed(cast, found) is None, "the city has not confirmed it"
        theirs = await duty(cast, found, DutyKind.confirmation, 2027, city=True)
        assert await complete(cast, "decider", theirs) == (200, "")
        assert await confirmed(cast, found) == 2027
        following = await duty(cast, found, DutyKind.confirmation, 2028)
        assert await complete(cast, "signatory", following) == (409, "duty_too_early")


async def test_contacts_are_named_before_they_are_checked(world: World) -> None:
    cast = await make_cast(world)
    with clock.fixed(NOON + timedelta(days=10)):
        found = await running(cast)
        await fresh(cast, "editor")
        check = await duty(cast, found, DutyKind.contact_check, 2027)
        assert await complete(cast, "editor", check) == (409, "contacts_outdated")
        contact = {"organisation_id": str(cast.association.id), "name": "Vastuuhenkilö", "email": "v@example.org"}
        await cast["editor"].patch(f"/agreements/{found.id}", {"contacts": [contact]}, if_match=found.version)
        assert await complete(cast, "editor", check) == (200, "")


async def test_nobody_is_written_to_at_night_and_each_once(world: World) -> None:
    cast = await make_cast(world)
    with clock.fixed(NOON):
        found = await running(cast)
        assert (await duty(cast, found, DutyKind.confirmation, 2027)).remind_on == NOON.date()
    with clock.fixed(NOON.replace(hour=7)):
        assert await remind_due(world.session) == 0
    with clock.fixed(NOON):
        # the editor and the officer of the contacts, the signatory and the decider of the year
        assert await remind_due(world.session) == 4
        assert await remind_due(world.session) == 0
    with clock.fixed(NOON + timedelta(days=30)):
        assert await remind_due(world.session) == 0


async def test_where_nobody_holds_the_role_the_contacts_are_told(world: World) -> None:
    cast = await make_cast(world)
    with clock.fixed(NOON):
        found = await running(cast)
        found.private = {
            "contacts": [
                {"organisation_id": str(cast.association.id), "name": name, "email": f"{name}@example.org", "deputy": d}
                for name, d in (("sijainen", True), ("hoitaja", False))
            ]
        }
        for role in ("editor", "signatory"):
            (await world.session.get_one(User, cast[role].id)).state = UserState.disabled
        await remind_due(world.session)
    told = {one.recipient for one in (await world.session.exec(select(OutboxMessage))).all()}
    assert "hoitaja@example.org" in told and "sijainen@example.org" not in told


async def test_notice_is_as_long_as_agreed_and_ends_what_is_asked(world: World) -> None:
    cast = await make_cast(world)
    with clock.fixed(NOON):
        found = await running(cast, evaluate_by="02-15")
        await fresh(cast, "decider")
        path = f"/agreements/{found.id}/terminate"
        early = {"reason": "Loppuu.", "ended_on": "2027-04-30"}
        refused = await cast["decider"].post(path, early, if_match=found.version)
        assert [one["code"] for one in refused.json()["errors"]] == ["notice_too_short"]
        given = {"reason": "Loppuu.", "ended_on": "2027-05-01"}
        assert (await cast["decider"].post(path, given, if_match=found.version)).status_code == 200
        rows = (await world.session.exec(select(AgreementDuty))).all()
        still = {(one.kind, one.year) for one in rows if one.state == DutyState.open}
        assert still == {(DutyKind.evaluation, 2027)}


async def test_an_agreement_goes_on_once(world: World) -> None:
    cast = await make_cast(world)
    found = await in_force(cast)
    given = {"organisation_id": str(cast.association.id)}
    path = f"/agreements/{found.id}/renew"
    assert (await cast["officer"].post(path, given)).status_code == 403
    made = await cast["editor"].post(path, given)
    assert (made.status_code, made.json()["state"], made.json()["renews_id"]) == (201, "draft", str(found.id))
    assert made.json()["starts_on"] == str(found.ends_on + timedelta(days=1)) if found.ends_on else False
    assert (await cast["editor"].post(path, given)).json()["code"] == "renewal_exists"
    draft = made.json()
    await cast["editor"].post(f"/agreements/{draft['id']}/cancel", {"reason": "Ei."}, if_match=draft["version"])
    assert (await cast["editor"].post(path, given)).status_code == 201
