"""Sums as people write them; what has two readings is refused with both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puumerkki.kernel.euros import NotEuros, cents_of

READ = {
    "0": 0,
    "12500": 1_250_000,
    "12,5": 1250,
    "12.50": 1250,
    "1.250,00 €": 125_000,
    "1,250.00": 125_000,
    "1 250,-": 125_000,
    "1.250,-": 125_000,
    "1 250,– €": 125_000,
    "12 500 euroa": 1_250_000,
    "12\u00a0500,50": 1_250_050,
    "12\u202f500 €": 1_250_000,
    "€ 40": 4000,
    "EUR 1 000 000": 100_000_000,
    "1.250.000": 125_000_000,
    "1,250,000.5": 125_000_050,
    "40e": 4000,
    "12,5000": 1250,
}
TWO = {
    "12.500": "12,50 € / 12 500 €",
    "1,000": "1,00 € / 1 000 €",
    "1.250 €": "1,25 € / 1 250 €",
    "12,345": "12,345 € / 12 345 €",
    "1 250,000": "1 250,00 € / 1 250 000 €",
}


@pytest.mark.parametrize(("written", "cents"), READ.items())
def test_sums_as_people_write_them(written: str, cents: int) -> None:
    assert cents_of(written) == cents


@pytest.mark.parametrize(("written", "readings"), TWO.items())
def test_what_has_two_readings_is_refused_with_both(written: str, readings: str) -> None:
    with pytest.raises(NotEuros) as refused:
        cents_of(written)
    assert refused.value.readings == readings


@pytest.mark.parametrize(
    "written",
    ["", "paljon", "-5", "12 50", "1 2 3", "1.2.3", "12,3456", "1,5 M€", "10 t€", "12,50,-", "1.250,0000", "٣", "1e3"],
)
def test_what_is_no_sum(written: str) -> None:
    with pytest.raises(NotEuros) as refused:
        cents_of(written)
    assert refused.value.readings is None


@given(st.integers(0, 10**11), st.sampled_from([" ", "\u00a0", "\u202f", "."]), st.sampled_from(["", " €", " euroa"]))
def test_a_sum_in_finnish_comes_back(cents: int, between: str, unit: str) -> None:
    euros, rest = divmod(cents, 100)
    assert cents_of(f"{euros:,}".replace(",", between) + f",{rest:02}{unit}") == cents
