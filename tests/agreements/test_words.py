"""An agreement is called on paper, in tables and in mails what it is called on the screens; never more than is true."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from puumerkki.agreements.document_labels import WORDS
from puumerkki.agreements.duty_labels import duty_label
from puumerkki.agreements.labels import CONTRIBUTIONS, KINDS, STATES
from puumerkki.agreements.models import AgreementDuty, AgreementState, DutyKind
from puumerkki.agreements.queries.templates import ready
from puumerkki.agreements.service.reminders import remind_due
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.mail import SIGNATURES, OutboxMessage
from tests.agreements.test_duties import NOON, running
from tests.factories import World
from tests.message_catalogues import LANGUAGES, said
from tests.personas import make_cast

ON_THE_SCREEN = {
    "parties": "Parties",
    "period": "Period",
    "notice": "Notice in months",
    "public": "Publicity",
    "shown": "Anybody may see this agreement’s parties, purpose, target groups, period and sums",
    "confirm_by": "Each party confirms the year by",
    "evaluate_by": "Each party evaluates by",
    "check_contacts_by": "Each party checks its contact persons by",
    "target_groups": "Target groups",
    "purpose": "What is agreed on",
    "forms": "Forms of cooperation",
    "contributions": "What each party puts in",
    "every": "every year",
    "how_much": "How much",
    "reporting": "Reporting",
    "evaluation": "How it is evaluated",
    "personal_data": "Personal data",
    "termination": "How it can be terminated",
    "signed": "Signed on",
}
STATE_MESSAGES = {
    AgreementState.recorded: "Recorded by one party",
    AgreementState.disputed: "Recorded, disputed",
    AgreementState.proposed: "Waits for signatures",
    AgreementState.signed: "Signed, not yet begun",
    AgreementState.in_force: "In force",
    AgreementState.expiring: "In force, expiring",
    AgreementState.renewed: "Ended and renewed",
}
SUBJECTS = {
    "fi": (
        "Sopimukseen liittyvä tehtävä: viimeistään 30.4.2027",
        "Muistutus: sopimukseen liittyvä tehtävä on myöhässä",
    ),
    "sv": ("Uppgift i ett avtal: senast 30 apr. 2027", "Påminnelse: en uppgift i ett avtal är försenad"),
    "en": ("Task under an agreement: due by 30 Apr 2027", "Reminder: a task under an agreement is overdue"),
}
ALL_LATE = {
    "fi": "Muistutus: sopimuksiin liittyviä tehtäviä on myöhässä",
    "sv": "Påminnelse: uppgifter i avtal är försenade",
    "en": "Reminder: tasks under agreements are overdue",
}
WAITING = re.compile(r"odottaa|vänta|\bwait", re.IGNORECASE)
ORDERS = re.compile(r"\w+kaa\b|(Bekräfta|Utvärdera|Kontrollera|Besluta|Confirm|Evaluate|Decide) ")
TWO_ONLY = re.compile(r"kumpi|molem|\bbåda|\bbåde|\bboth\b|\beither party\b", re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_kinds_and_states_are_those_of_the_screens(language: str) -> None:
    for name, message in ON_THE_SCREEN.items():
        assert WORDS[language][name] == said(language, message, feature="agreements"), name
    for kind, name in KINDS[language].items():
        message = f"{kind.replace('_', ' ').capitalize()} agreement"
        assert name == said(language, message, context="AgreementKind")
    for kind, name in CONTRIBUTIONS[language].items():
        assert name == said(language, kind.replace("_", " ").capitalize(), context="ContributionKind")
    for state in AgreementState:
        message = STATE_MESSAGES.get(state, state.value.capitalize())
        assert STATES[language][state] == said(language, message, context="AgreementState")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_mails_say_what_is_to_be_done_and_by_when(world: World, language: str) -> None:
    cast = await make_cast(world)
    with clock.fixed(NOON):
        await running(cast)
        user = await world.session.get_one(User, cast["editor"].id)
        user.language = language
        await remind_due(world.session)
    late = NOON + timedelta(days=61)
    with clock.fixed(late):
        await remind_due(world.session)
    written = select(OutboxMessage).where(OutboxMessage.recipient == user.email).order_by(col(OutboxMessage.created_at))
    mails = (await world.session.exec(written)).all()
    assert [one.subject for one in mails] == list(SUBJECTS[language])
    for one in mails:
        assert not WAITING.search(one.subject + one.body)
        assert one.body.endswith(f"\n\n{SIGNATURES[language]}\n")
        assert written_day(date(2027, 4, 30), language) in one.body


@pytest.mark.parametrize("language", LANGUAGES)
async def test_several_tasks_are_not_called_one(world: World, language: str) -> None:
    cast = await make_cast(world)
    with clock.fixed(NOON):
        await running(cast, evaluate_by="04-30")
        user = await world.session.get_one(User, cast["editor"].id)
        user.language = language
        await world.session.flush()
    with clock.fixed(NOON + timedelta(days=62 + 365)):
        await remind_due(world.session)
    [only] = [one for one in (await world.session.exec(select(OutboxMessage))).all() if one.recipient == user.email]
    assert only.subject == ALL_LATE[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [one for one in DutyKind if one is not DutyKind.report])
def test_what_another_party_is_to_do_orders_nobody(kind: DutyKind, language: str) -> None:
    duty = AgreementDuty(
        agreement_id=new_id(),
        organisation_id=new_id(),
        kind=kind,
        year=2027,
        report_name="",
        opens_on=date(2027, 1, 1),
        due_on=date(2027, 2, 28),
    )
    assert duty_label(duty, language, of_others=True) != duty_label(duty, language)
    assert not ORDERS.match(duty_label(duty, language, of_others=True))


def test_ready_texts_hold_for_any_number_of_parties() -> None:
    for one in ready():
        said_in_it = " ".join(str(part) for part in one["content"].values())
        assert not TWO_ONLY.search(said_in_it), one["name"]


def test_english_ready_texts_are_contract_english() -> None:
    odd = re.compile(r"\b(mend(s|ed)?|cancel(s|led)?|founds|is no|tells|told of|came about|goes on|put in)\b")
    for one in ready():
        if one["language"] == "en":
            assert not odd.search(" ".join(str(part) for part in one["content"].values())), one["name"]
