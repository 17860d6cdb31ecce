"""What differs between two rulebook versions. Pure."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

_BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")


def paragraphs(text: str) -> list[str]:
    """A text cut at its blank lines."""
    return [part for part in _BLANK_LINES.split(text.replace("\r\n", "\n").strip()) if part]


def compare_texts(old: str, new: str) -> list[tuple[str, str]]:
    """The paragraphs in reading order: `equal`, `removed` (in the old one only) or `added` (in the new one only)."""
    before, after = paragraphs(old), paragraphs(new)
    pieces: list[tuple[str, str]] = []
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, before, after).get_opcodes():
        if kind == "equal":
            pieces += [("equal", part) for part in before[old_start:old_end]]
            continue
        pieces += [("removed", part) for part in before[old_start:old_end]]
        pieces += [("added", part) for part in after[new_start:new_end]]
    return pieces


def compare_translations(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The same for each language that either version has."""
    languages = [language for language in ("fi", "sv", "en") if language in old or language in new]
    return {language: compare_texts(old.get(language, ""), new.get(language, "")) for language in languages}


def compare_rules(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """The fields of the rule that differ, with both values."""
    names = list(dict.fromkeys([*old, *new]))
    return [(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]
