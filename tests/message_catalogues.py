"""The app's words, as its message catalogues have them: what it calls a thing, everything else calls it too."""

import re
from functools import cache
from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
_SOURCES = Path(__file__).parents[1] / "frontend" / "src"
_FIELD = re.compile(r'^(msgctxt|msgid|msgstr) "(.*)"$', re.MULTILINE)


@cache
def _catalogue(folder: str, language: str) -> dict[tuple[str, str], str]:
    text = (_SOURCES / folder / f"{language}.po").read_text("utf-8")
    entries = [dict(_FIELD.findall(block)) for block in text.split("\n\n")]
    return {(one.get("msgctxt", ""), one["msgid"]): one["msgstr"] for one in entries if one.get("msgid")}


def said(language: str, message: str, *, context: str = "", feature: str | None = None) -> str:
    """What the app says in a language for a message of its labels or its shared catalogue, or of a feature's."""
    folder = "locales" if feature is None else f"features/{feature}/locales"
    return (_catalogue("locales/labels", language) | _catalogue(folder, language))[context, message]
