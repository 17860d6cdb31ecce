"""The words of a mail: one template a language, from which the subject, the text and the HTML are made."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from puumerkki.kernel.characters import without_links
from puumerkki.kernel.mail import markup
from puumerkki.kernel.settings import get_settings

SIGNATURES: Mapping[str, str] = {
    "fi": "Tämä on automaattinen viesti palvelusta Puumerkki. Viestiin ei voi vastata.",
    "sv": "Detta är ett automatiskt meddelande från tjänsten Puumerkki. Det går inte att svara på det.",
    "en": "This is an automatic message from Puumerkki. Please do not reply.",
}
"""How every message ends."""
SUBJECT_MAX = 90
"""So long a subject at most, in signs: what is longer a list of messages does not show."""


class Link(str):
    """A link that we made. No text of somebody else's is one, however it begins."""


class Foreign(str):
    """What somebody wrote in a language that need not be the reader's; the HTML says in which."""

    language: str

    def __new__(cls, text: str, language: str) -> "Foreign":
        made = super().__new__(cls, text)
        made.language = language
        return made


def link(language: str, path: str) -> Link:
    """A page of the app for a mail, in the reader's language."""
    return Link(f"{get_settings().public_url}/{language}/{path}")


@dataclass(frozen=True)
class Words:
    """What is read: the subject on one line, the text, and the HTML with the same words."""

    subject: str
    text: str
    html: str


def write(package: str, template: str, language: str, context: Mapping[str, Any], foot: str | None = None) -> Words:
    """The template with its foot and its signature.

    What people wrote goes in on one line and without links, but for our own.
    """
    written = _templates(package).get_template(f"{template}.{language}.txt").render(**harmless(context))
    first, _, body = written.partition("\n")
    subject = _short(" ".join(markup.plain(first).split()))
    blocks = [*markup.blocks(body), *([] if foot is None else [[foot]]), [SIGNATURES[language]]]
    return Words(subject, markup.as_text(blocks), markup.as_html(blocks, subject, language))


@lru_cache
def _templates(package: str) -> Environment:
    return Environment(
        loader=PackageLoader(package, "mails"),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        finalize=_marked,
    )


def harmless(given: Any) -> Any:
    """Nobody writes mails in our name: neither by a name of several lines nor by one that is a link."""
    if isinstance(given, str):
        if isinstance(given, Link):
            return given
        said = without_links(markup.without_marks(given))
        return Foreign(said, given.language) if isinstance(given, Foreign) else said
    if isinstance(given, Mapping):
        return {name: harmless(one) for name, one in given.items()}
    if isinstance(given, list | tuple):
        return [harmless(one) for one in given]
    return given


def _marked(value: Any) -> Any:
    """What the HTML has to know of a value: that it is a link, or in which language and direction it is read."""
    if isinstance(value, Link):
        return markup.link(value)
    if isinstance(value, Foreign):
        return markup.foreign(value, value.language)
    if isinstance(value, str) and markup.is_plain(value) and _from_right_to_left(value):
        return markup.foreign(value, "")
    return value


def _from_right_to_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text)


def _short(subject: str) -> str:
    return subject if len(subject) <= SUBJECT_MAX else subject[: SUBJECT_MAX - 1].rstrip() + "…"
