"""What the API, its errors and the command say to people: one thing, one word. Codes and paths are not words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from typer.main import get_command

from puumerkki.cli import app as command
from puumerkki.imports.faults import FAULTS
from puumerkki.kernel.errors import PuumerkkiError

NEVER = {
    "a network gives its puumerkki or does not": r"\bdeclin\w+|\brejects?\b|\brejected\b",
    "who runs an organisation's account is its administrator": r"(?<!database's )\bowners?\b",
    "a field is corrected, an application completed": r"\bmend(s|ed|ing)?\b",
    "an authority has puumerkki requirements": r"\bpolic(y|ies)\b",
    "an application is withdrawn, a puumerkki revoked": r"\b(take|takes|taken|took|taking)\b[^.]{0,30}\bback\b",
    "the mark is the puumerkki, or an endorsement": r"(?<!byte order )\bmarks?\b",
    "money is granted": r"\bgrant(s|ed|ing)? (the|its|a) (puumerkki|endorsement)",
    "a meeting, a call, a proposal is cancelled": r"\bcancel\w* (an|the|a) (application|puumerkki|endorsement|filing)",
    "an application is filed with a funder": r"\bfile[sd]? (an|the) application (to|with) (the|a) (network|authority)",
    "who has an interest is disqualified": r"\bstands? aside\b",
    "again": r"\banew\b",
    "letters come by post, email by email": r"\b(by|or) mail\b|\be-mails?\b",
}
CODES = re.compile(r"`[^`]*`")


def _in_description(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("summary", "description") and isinstance(value, str):
                yield value
            else:
                yield from _in_description(value)
    elif isinstance(node, list):
        for one in node:
            yield from _in_description(one)


def _errors(kind: type[PuumerkkiError]) -> Iterator[str]:
    yield kind.message
    for one in kind.__subclasses__():
        yield from _errors(one)


def _helps(found: Any) -> Iterator[str]:
    yield found.help or ""
    yield from (str(getattr(one, "help", "") or "") for one in found.params)
    for one in getattr(found, "commands", {}).values():
        yield from _helps(one)


@pytest.fixture(scope="module")
def said(app: FastAPI) -> list[str]:
    texts = [*_in_description(app.openapi()), *_errors(PuumerkkiError), *_helps(get_command(command)), *FAULTS.values()]
    return [CODES.sub("", one) for one in texts]


@pytest.mark.parametrize("rule", NEVER)
def test_a_word_that_is_never_said(said: list[str], rule: str) -> None:
    wrong = [one for one in said if re.search(NEVER[rule], one, re.IGNORECASE)]
    assert not wrong, rule


def test_all_is_looked_at(said: list[str]) -> None:
    for part in ("Revoke the puumerkki", "The network is closed.", "Examine the installation", "Give a web address"):
        assert any(part in one for one in said), part


def test_the_rules_find_what_they_are_for() -> None:
    for text, rule in (
        ("Decline, as the ballot says", "a network gives its puumerkki or does not"),
        ("An organisation keeps an owner.", "who runs an organisation's account is its administrator"),
        ("Take the application back everywhere", "an application is withdrawn, a puumerkki revoked"),
        ("The register of marks", "the mark is the puumerkki, or an endorsement"),
        ("Grant the puumerkki", "money is granted"),
    ):
        assert re.search(NEVER[rule], text, re.IGNORECASE), text
    assert not re.search(NEVER["the mark is the puumerkki, or an endorsement"], "UTF-8 with a byte order mark")
