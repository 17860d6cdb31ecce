"""Days, money and hours as people write them in each language: in documents and mails the same as on the screens."""

from collections.abc import Mapping
from datetime import date, datetime

from puumerkki.kernel import clock

_SHORT_MONTHS: Mapping[str, tuple[str, ...]] = {
    "sv": ("jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
}
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "fi": (
        "tammikuuta",
        "helmikuuta",
        "maaliskuuta",
        "huhtikuuta",
        "toukokuuta",
        "kesäkuuta",
        "heinäkuuta",
        "elokuuta",
        "syyskuuta",
        "lokakuuta",
        "marraskuuta",
        "joulukuuta",
    ),
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_HOURS: Mapping[str, tuple[str, str]] = {"fi": ("tunti", "tuntia"), "sv": ("timme", "timmar"), "en": ("hour", "hours")}


def written_day(day: date, language: str) -> str:
    """A day: `1.1.2027`, `1 jan. 2027`, `1 Jan 2027`."""
    if language == "fi":
        return f"{day.day}.{day.month}.{day.year}"
    return f"{day.day} {_SHORT_MONTHS[language][day.month - 1]} {day.year}"


def written_moment(moment: datetime, language: str) -> str:
    """A moment in Finland: `29.11.2026 klo 16.15`, `29 nov. 2026 kl. 16.15`, `29 Nov 2026, 16:15`."""
    local = moment.astimezone(clock.FINLAND)
    before, apart = {"fi": (" klo ", "."), "sv": (" kl. ", ".")}.get(language, (", ", ":"))
    return f"{written_day(local.date(), language)}{before}{local.hour}{apart}{local.minute:02}"


def written_year_day(day: str, language: str) -> str:
    """A day of every year (`MM-DD`): `31. maaliskuuta`, `31 mars`, `31 March`."""
    in_a_leap_year = date.fromisoformat(f"2000-{day}")
    dot = "." if language == "fi" else ""
    return f"{in_a_leap_year.day}{dot} {_MONTHS[language][in_a_leap_year.month - 1]}"


def written_euros(cents: int, language: str) -> str:
    """Money: `2 000,50 €`, in English `€2,000.50`; whole euros without cents. Blanks do not break."""
    euros, rest = divmod(cents, 100)
    if language == "en":
        return f"€{euros:,}.{rest:02}" if rest else f"€{euros:,}"
    whole = _whole(euros, language)
    return f"{whole},{rest:02}\N{NO-BREAK SPACE}€" if rest else f"{whole}\N{NO-BREAK SPACE}€"


def written_hours(hours: int, language: str) -> str:
    """Hours of work: `1 tunti`, `1 200 tuntia`."""
    one, other = _HOURS[language]
    return f"{_whole(hours, language)} {one if hours == 1 else other}"


def _whole(number: int, language: str) -> str:
    grouped = f"{number:,}"
    return grouped if language == "en" else grouped.replace(",", "\N{NO-BREAK SPACE}")
