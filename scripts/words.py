"""The check of the words that people read: none that means something else here, nothing untranslated, plurals whole.

`scripts/never/` says for each language which words are never used, what to say instead, and where one of them is right
after all. `docs/words.md` says why.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts import icu
from scripts.app_rules import LANGUAGES, messages
from scripts.read_texts import Text, key_of

RULES = Path(__file__).parent / "never"
PLURAL = {"one", "other"}
"""The branches that Finnish, Swedish and English have."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Right:
    """Where a word is right after all: in these messages, or within these passages of any text."""

    why: str
    messages: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Never:
    """A word that is not used. `finds` and `passes` are sentences that hold the pattern to its purpose."""

    language: str
    pattern: re.Pattern[str]
    say: str
    finds: tuple[str, ...]
    passes: tuple[str, ...]
    right: tuple[Right, ...] = ()

    def found(self, words: str) -> Iterator[str]:
        """What it finds in a text, sentence by sentence: what a group of the pattern names, else the whole match."""
        for sentence in _SENTENCE.split(words):
            if match := self.pattern.search(sentence):
                yield next((group for group in match.groupdict().values() if group), match[0])

    def excused(self, text: Text, found: str) -> list[str]:
        """The exceptions that this text needs."""
        return [
            *(name for right in self.right for name in right.messages if name == text.key),
            *(
                passage
                for right in self.right
                for passage in right.passages
                if passage in text.words and found.casefold() in passage.casefold()
            ),
        ]


def rules(folder: Path = RULES) -> list[Never]:
    """What the files of the languages say."""
    groups = _read(folder / "groups.toml")

    def right(one: Mapping[str, Any]) -> Right:
        named = one.get("messages", ())
        return Right(
            one["why"], tuple(groups[named] if isinstance(named, str) else named), tuple(one.get("passages", ()))
        )

    return [
        Never(
            language=language,
            pattern=re.compile(one["pattern"], re.IGNORECASE),
            say=one["say"],
            finds=tuple(one["finds"]),
            passes=tuple(one["passes"]),
            right=tuple(right(exception) for exception in one.get("right", ())),
        )
        for language in LANGUAGES
        for one in _read(folder / f"{language}.toml")["never"]
    ]


@dataclass
class Search:
    """Looks for the words of the rules in texts, and remembers which exceptions were needed."""

    rules: list[Never]
    needed: set[tuple[Never, str]] = field(default_factory=set)

    def faults(self, texts: Iterable[Text]) -> Iterator[str]:
        """Each word that is not used, with what to say instead."""
        for text in texts:
            for rule in self.rules:
                if rule.language != text.language:
                    continue
                for found in rule.found(text.words):
                    excused = rule.excused(text, found)
                    self.needed |= {(rule, name) for name in excused}
                    if not excused:
                        yield f"{text.place}: {text.key or text.words!r}: “{found}”. Say: {rule.say}"

    def unneeded(self) -> Iterator[str]:
        """Exceptions that excused nothing in all texts that were looked at."""
        for rule in self.rules:
            for right in rule.right:
                for name in (*right.messages, *right.passages):
                    if (rule, name) not in self.needed:
                        yield f"never/{rule.language}.toml: nothing needs the exception {name!r} (Say: {rule.say})"


def numberless(folder: Path = RULES) -> Mapping[str, str]:
    """Messages whose plural says no number, each with the reason."""
    return _read(folder / "numberless.toml")


def incomplete(src: Path, numberless: Iterable[str] = ()) -> Iterator[str]:
    """Messages of the catalogues that nobody has translated, or that do not agree with their translation."""
    unknown = set(numberless)
    for catalogue in sorted(src.rglob("locales/**/*.po")):
        for key, text in messages(catalogue).items():
            unknown.discard(key[1])
            for fault in _disagreements(key[1], text, key[1] not in numberless):
                yield f"{catalogue.relative_to(src)}: {key_of(*key)}: {fault}"
    yield from (f"never/numberless.toml: there is no message {message!r}" for message in sorted(unknown))


def _disagreements(message: str, text: str, numbered: bool) -> Iterator[str]:
    if not text:
        yield "not translated"
        return
    try:
        asked, given = list(icu.arguments(message)), list(icu.arguments(text))
    except icu.Unreadable:
        yield "its braces do not fit together"
        return
    if {(one.name, one.kind) for one in asked} != {(one.name, one.kind) for one in given}:
        yield f"the message and {text!r} do not have the same arguments"
    if icu.tags(message) != icu.tags(text):
        yield f"the message and {text!r} do not have the same tags"
    for one in given:
        if one.kind != "plural":
            continue
        if missing := PLURAL - one.branches.keys():
            yield f"the plural of {one.name} has no branch {', '.join(sorted(missing))}"
        silent = [name for name in sorted(PLURAL & one.branches.keys()) if "#" not in one.branches[name]]
        if numbered and silent:
            yield f"the plural of {one.name} does not say the number: {', '.join(silent)}"


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
