"""Which duties an agreement makes on which days."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from puumerkki.agreements import duty_schedule
from puumerkki.agreements.duty_schedule import Stage
from puumerkki.agreements.models import DutyKind

ONE, OTHER = UUID(int=1), UUID(int=2)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MONTH_DAYS = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: f"{day:%m-%d}")
CONTENTS = st.fixed_dictionaries(
    {},
    optional={
        "confirm_by": MONTH_DAYS,
        "evaluate_by": MONTH_DAYS,
        "check_contacts_by": MONTH_DAYS,
        "notice_months": st.integers(0, 60),
        "reporting": st.lists(
            st.fixed_dictionaries(
                {"organisation_id": st.sampled_from([str(ONE), str(OTHER)]), "what": st.sampled_from(["a", "b"])},
                optional={"due_by": MONTH_DAYS},
            ),
            max_size=3,
        ),
    },
)


def planned(content: dict[str, Any], starts_on: date, ends_on: date, in_force_on: date) -> list[duty_schedule.Due]:
    return duty_schedule.duties(content, [ONE, OTHER], starts_on=starts_on, ends_on=ends_on, in_force_on=in_force_on)


@given(CONTENTS, DAYS, st.integers(0, 3000), st.integers(-400, 400))
def test_each_duty_stands_once_and_in_time(content: dict[str, Any], starts_on: date, length: int, late: int) -> None:
    ends_on, in_force_on = starts_on + timedelta(days=length), starts_on + timedelta(days=late)
    found = planned(content, starts_on, ends_on, in_force_on)
    assert len({one.key for one in found}) == len(found)
    assert found == sorted(found, key=lambda one: one.due_on)
    for one in found:
        assert one.opens_on <= one.due_on
        assert one.due_on >= in_force_on, "nothing is late on the day on which it begins to be asked for"
        assert starts_on.year <= one.year <= ends_on.year
        if one.kind in (DutyKind.confirmation, DutyKind.contact_check) and in_force_on <= starts_on:
            assert starts_on <= one.due_on <= ends_on


@given(CONTENTS.filter(lambda one: "confirm_by" in one), DAYS, st.integers(365, 3000))
def test_each_day_in_the_frame_asks_each_party_to_confirm(
    content: dict[str, Any], starts_on: date, length: int
) -> None:
    ends_on = starts_on + timedelta(days=length)
    asked = {
        (one.organisation_id, one.year)
        for one in planned(content, starts_on, ends_on, starts_on)
        if one.kind == DutyKind.confirmation
    }
    days = [duty_schedule.on_day(year, content["confirm_by"]) for year in range(starts_on.year, ends_on.year + 1)]
    confirmed = {day.year + (day.month > 6) for day in days if starts_on <= day <= ends_on}
    assert asked == {(party, year) for party in (ONE, OTHER) for year in confirmed if year <= ends_on.year}


@given(DAYS, st.integers(0, 200), st.integers(-300, 300))
def test_stages_follow_one_another(opens_on: date, length: int, ahead: int) -> None:
    due_on = opens_on + timedelta(days=length)
    today = opens_on + timedelta(days=ahead)
    now, following = duty_schedule.stage(opens_on, due_on, today), duty_schedule.next_day(opens_on, due_on, today)
    assert (now == Stage.escalated) == (following is None)
    if following is not None:
        assert following > today
        assert duty_schedule.stage(opens_on, due_on, following - timedelta(days=1)) == now
        assert duty_schedule.stage(opens_on, due_on, following) > now
    assert (now >= Stage.late) == (today > due_on)


@given(DAYS, st.integers(0, 100))
def test_months_before_a_day(day: date, months: int) -> None:
    earlier = duty_schedule.before(day, months)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == months
    assert earlier.day == day.day or (earlier.day < day.day and (earlier + timedelta(days=1)).day == 1)


def test_days_that_are_not_in_every_year() -> None:
    assert [duty_schedule.on_day(year, "02-29") for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]
    assert duty_schedule.before(date(2028, 8, 31), 6) == date(2028, 2, 29)
    assert [duty_schedule.reporting_year(date(2028, month, 1)) for month in (6, 7)] == [2027, 2028]
    assert [duty_schedule.confirms(date(2028, month, 1)) for month in (6, 7)] == [2028, 2029]
