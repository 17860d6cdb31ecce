"""Reads what people read: the app's catalogues, mails, ready templates, and the tables of words in the service."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.app_rules import LANGUAGES, messages

_TAGS = re.compile(r"{%.*?%}")
_FILLED = re.compile(r"{{.*?}}")


@dataclass(frozen=True)
class Text:
    """What people read in one place. `key`: a message's id, after its context and a bar where it has one."""

    place: str
    language: str
    words: str
    key: str = ""


def key_of(context: str, message: str) -> str:
    """What a message is called in faults and exceptions."""
    return f"{context}|{message}" if context else message


def texts(src: Path, backend: Path) -> Iterator[Text]:
    """All of them."""
    yield from catalogues(src)
    yield from mails(backend)
    yield from templates(backend)
    yield from tables(backend)


def catalogues(src: Path) -> Iterator[Text]:
    """The app's messages."""
    for path in sorted(src.rglob("locales/**/*.po")):
        for key, words in messages(path).items():
            yield Text(str(path.relative_to(src)), path.stem, words, key_of(*key))


def mails(backend: Path) -> Iterator[Text]:
    """Mails, without what chooses between their parts."""
    for path in sorted(backend.rglob("mails/*.*.txt")):
        words = _FILLED.sub("{0}", _TAGS.sub("\n", path.read_text("utf-8")))
        yield Text(str(path.relative_to(backend)), path.suffixes[0][1:], words)


def templates(backend: Path) -> Iterator[Text]:
    """Ready texts of agreements."""
    for path in sorted(backend.rglob("templates/*.*.json")):
        for words in _strings(json.loads(path.read_text("utf-8"))):
            yield Text(str(path.relative_to(backend)), path.suffixes[0][1:], words)


def tables(backend: Path) -> Iterator[Text]:
    """What stands under a language in a dictionary of the code: in documents, calendars, tables, the demo."""
    for path in sorted(backend.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Dict):
                continue
            for name, value in zip(node.keys, node.values, strict=True):
                if isinstance(name, ast.Constant) and name.value in LANGUAGES:
                    for words in _literals(value):
                        yield Text(str(path.relative_to(backend)), name.value, words)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _literals(node: ast.AST) -> Iterator[str]:
    """The strings of an expression, without those that name what stands under them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _literals(value)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _literals(child)
