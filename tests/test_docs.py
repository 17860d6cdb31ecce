"""What the pages name exists: commands, targets of make, paths, modules, tables, events."""

import ast
import importlib
import re
import subprocess
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from puumerkki.cli import app
from puumerkki.kernel.eventlog.events import Event
from puumerkki.wiring import ROOMS, metadata
from tests.doc_pages import PAGES, ROOT, blocks, commands, named, spans

LANGUAGES = {"sh", "console", "csv", "diff", "ini", "json", "mermaid", "po", "python", "sql", "text", "ts", "tsx"}
NOT_OURS = {"frontend/node_modules", "puumerkki.socket", "puumerkki.service"}
"""What is made when something is installed."""
FILES = (".py", ".toml", ".ts", ".tsx", ".po", ".md")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = dict(re.findall(r"^([a-z0-9-]+):.*\n((?:\t.*\n)*)", MAKEFILE, re.MULTILINE))
each_page = pytest.mark.parametrize("page", PAGES, ids=named)


@cache
def _files() -> tuple[str, ...]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return tuple(listed.stdout.decode().split())


@each_page
def test_each_block_of_commands_is_run_or_says_why_not(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert {block.language for block in blocks(page)} <= LANGUAGES
    assert [block.text for block in blocks(page) if block.language == "console" and not block.more] == []
    assert re.findall(r"^    (?:make|puumerkki|python|curl) .*$", text, re.MULTILINE) == [], "a block without a fence"
    assert text.count("\n```") % 2 == 0
    for block in blocks(page):
        if block.language == "sh":
            assert block.makes == all(one.startswith("make ") for one in commands(block)), "make's stand by themselves"


@each_page
def test_each_command_exists(page: Path) -> None:
    lines = [one for block in blocks(page) if block.language in ("sh", "console") for one in commands(block)]
    for line in [*lines, *spans(page)]:
        words = line.split()
        while words and re.match(r"[A-Z_]+=", words[0]):
            words.pop(0)
        if words[:1] == ["make"]:
            assert set(words[1:2]) <= set(TARGETS), line
        elif words[:1] == ["puumerkki"]:
            _exists(words[1:], line)
        elif words[:1] == ["python"]:
            assert (ROOT / words[1]).is_file(), line


def _exists(words: list[str], line: str) -> None:
    """A command of ours, with these options."""
    command: Any = typer.main.get_command(app)
    while words and hasattr(command, "commands"):
        name = words.pop(0)
        if name.startswith("--"):
            # before a command each option has a value behind it
            assert name in _options(command), line
            del words[:1]
            continue
        assert name in command.commands, line
        command = command.commands[name]
    known = _options(command)
    assert {word.split("=")[0] for word in words if word.startswith("--")} <= known, line


def _options(command: Any) -> set[str]:
    return {option for one in command.params for option in (*one.opts, *one.secondary_opts)}


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_what_make_starts_is_there(target: str) -> None:
    recipe = TARGETS[target]
    for script in re.findall(r"\bscripts/\w+\.py", recipe):
        ast.parse((ROOT / script).read_text(encoding="utf-8"))
    for module in re.findall(r"python -m ([\w.]+)", recipe):
        assert importlib.util.find_spec(module) is not None
    for path in re.findall(r"pytest .*?(tests/[\w/.]+)", recipe):
        assert (ROOT / path).exists()


@each_page
def test_what_a_page_names_is_there(page: Path) -> None:
    assert [span for span in spans(page) if not _is_there(span)] == []


def _is_there(span: str) -> bool:
    if span in NOT_OURS:
        return True
    if re.fullmatch(r"\.?[\w*-]+(/[\w.*-]*)+", span) or (span.endswith(FILES) and " " not in span):
        return _is_path(span) is not False
    if re.fullmatch(r"[a-z_]+(\.[A-Za-z_]+)+", span):
        return _is_name(span) is not False
    return True


def _is_path(span: str) -> bool | None:
    """Whether a file or folder ends so; None for what is no path of ours."""
    wanted = span.rstrip("/")
    if "/" in wanted and wanted.split("/")[0] not in _firsts() and not wanted.endswith(FILES):
        return None
    return any(fnmatch(f"/{file}", pattern) for file in _files() for pattern in (f"*/{wanted}", f"*/{wanted}/*"))


@cache
def _firsts() -> set[str]:
    """How a path of ours begins: at the root, in the backend's package, in the app's sources."""
    roots = ("", "backend/puumerkki/", "frontend/src/")
    return {file.removeprefix(root).split("/")[0] for root in roots for file in _files() if file.startswith(root)}


def _is_name(span: str) -> bool | None:
    """Whether it is a module, what a module has, a column, or a type of event; None for what is none of ours."""
    first, _, rest = span.partition(".")
    rooms = {room.name for room in ROOMS}
    types = {event.type for event in _events(Event) if hasattr(event, "type")}
    if first not in rooms | {"puumerkki", *metadata.tables} and first not in {one.partition(".")[0] for one in types}:
        return None
    if span in types or (first in metadata.tables and rest in metadata.tables[first].columns):
        return True
    return first in rooms | {"puumerkki"} and _imports(span if first == "puumerkki" else f"puumerkki.{span}")


def _imports(name: str) -> bool:
    module, _, last = name.rpartition(".")
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError:
        return False
    return hasattr(found, last) or importlib.util.find_spec(name) is not None


def _events(of: type[Event]) -> list[type[Event]]:
    return [one for each in of.__subclasses__() for one in (each, *_events(each))]


def test_the_index_lists_each_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\((\S+?)\)", index))
    pages = {one.name for one in (ROOT / "docs").glob("*.md")} - {"README.md"} | {"decisions/README.md"}
    assert linked == pages


@each_page
def test_each_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
