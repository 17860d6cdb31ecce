"""What the app says in a language, by its English words in the code: so one flow is walked in all of them."""

from datetime import date
from functools import cache
from pathlib import Path

from scripts.app_rules import messages

SRC = Path(__file__).parents[2] / "frontend" / "src"


@cache
def _catalogue(feature: str, language: str) -> dict[str, str]:
    folders = [
        SRC / "locales" / "labels",
        SRC / "locales" / "errors",
        (SRC / "features" / feature if feature else SRC) / "locales",
    ]
    return {text: said or text for folder in folders for (_, text), said in messages(folder / f"{language}.po").items()}


def written(day: date) -> str:
    """A day as people write it in Finnish."""
    return f"{day.day}.{day.month}.{day.year}"


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, text: str, feature: str = "") -> str:
        """A message of a feature, or of what all features share; KeyError where the app does not say it."""
        return _catalogue(feature, self.language)[text]
