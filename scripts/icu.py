"""Messages in ICU's form: their arguments, their branches by number, their tags."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

CHOOSING = ("plural", "selectordinal", "select")
"""The kinds of arguments that have branches."""
_TAG = re.compile(r"</?\d+/?>")
_SELECTOR = re.compile(r"\s*(=?\w+)\s*\{")


class Unreadable(ValueError):
    """A message whose braces do not fit together."""


@dataclass(frozen=True)
class Argument:
    """One place in a message that is filled in. `branches`: its texts by selector, where it chooses."""

    name: str
    kind: str
    branches: dict[str, str]


def arguments(message: str) -> Iterator[Argument]:
    """All arguments of a message, those inside branches too."""
    if message.count("{") != message.count("}"):
        raise Unreadable(message)
    at = 0
    while (start := message.find("{", at)) >= 0:
        at = _closing(message, start)
        name, _, rest = message[start + 1 : at].partition(",")
        kind, _, style = rest.partition(",")
        branches = dict(_branches(style)) if kind.strip() in CHOOSING else {}
        yield Argument(name.strip(), kind.strip(), branches)
        for text in branches.values():
            yield from arguments(text)


def tags(message: str) -> list[str]:
    """The places of links and emphasis: `<0>`, `</0>`, `<0/>`."""
    return sorted(set(_TAG.findall(message)))


def _branches(style: str) -> Iterator[tuple[str, str]]:
    at = 0
    while found := _SELECTOR.match(style, at):
        start = found.end() - 1
        end = _closing(style, start)
        yield found[1], style[start + 1 : end]
        at = end + 1


def _closing(message: str, start: int) -> int:
    """Where the brace that opens at `start` is closed."""
    depth = 0
    for at in range(start, len(message)):
        depth += {"{": 1, "}": -1}.get(message[at], 0)
        if depth == 0:
            return at
    raise Unreadable(message)
