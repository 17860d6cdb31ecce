"""Days, money and hours as each language writes them, in documents and mails as on the screens."""

from datetime import date

import pytest

from puumerkki.kernel.formatting import written_day, written_euros, written_hours, written_year_day

DAYS = (
    ("fi", "1.1.2027", "3.11.2026", "31. maaliskuuta"),
    ("sv", "1 jan. 2027", "3 nov. 2026", "31 mars"),
    ("en", "1 Jan 2027", "3 Nov 2026", "31 March"),
)
EUROS = (
    ("fi", "2 000 000 €", "2 000,50 €", "1,05 €"),
    ("sv", "2 000 000 €", "2 000,50 €", "1,05 €"),
    ("en", "€2,000,000", "€2,000.50", "€1.05"),
)
HOURS = (
    ("fi", "1 tunti", "1 200 tuntia"),
    ("sv", "1 timme", "1 200 timmar"),
    ("en", "1 hour", "1,200 hours"),
)


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("language", "first", "other", "yearly"), DAYS)
def test_days(language: str, first: str, other: str, yearly: str) -> None:
    assert written_day(date(2027, 1, 1), language) == first
    assert written_day(date(2026, 11, 3), language) == other
    assert written_year_day("03-31", language) == yearly
    assert written_year_day("02-29", language).startswith("29"), "a leap year has it"


@pytest.mark.parametrize(("language", "whole", "cents", "little"), EUROS)
def test_money(language: str, whole: str, cents: str, little: str) -> None:
    said = [written_euros(amount, language) for amount in (2_000_000_00, 2_000_50, 1_05)]
    assert [_plain(one) for one in said] == [whole, cents, little]
    assert all(" " not in one for one in said), "an amount never breaks over two lines"


@pytest.mark.parametrize(("language", "one", "many"), HOURS)
def test_hours(language: str, one: str, many: str) -> None:
    assert [_plain(written_hours(hours, language)) for hours in (1, 1200)] == [one, many]
