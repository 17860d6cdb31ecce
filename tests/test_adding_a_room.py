"""`docs/adding-a-room.md`, followed over a copy of the repository: it works, and touches as little as it says."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from puumerkki.kernel.embedded_postgres import local_postgres
from scripts import app_rules, words
from scripts.build_app import FRONTEND, install, run
from tests.doc_pages import ROOT, Block, blocks

PAGE = ROOT / "docs" / "adding-a-room.md"
OWN = ("backend/puumerkki/noticeboard/", "frontend/src/features/noticeboard/", "tests/")
BACKEND = {f"backend/puumerkki/{name}.py" for name in ("access/barred", "access/permissions", "wiring/rooms")} | {
    "migrations/versions/20990101_0000_noticeboard.py",
    "pyproject.toml",
}
"""What the page changes outside the room's folders."""
APP = {"frontend/src/app/Frame.tsx"} | {
    f"frontend/src/locales/{catalogue}{language}.po" for catalogue in ("", "labels/") for language in ("fi", "sv", "en")
}
"""The same in the app: the menu, and the catalogues of what all pages share, in each language."""
GENERATED = {"openapi/puumerkki.json", "docs/workflows.md", "docs/architecture.md"} | {
    f"frontend/src/api/{name}.d.ts" for name in ("codes", "schema")
}
HEAD = max(
    path.read_text("utf-8").split('\nrevision = "')[1][:4] for path in (ROOT / "migrations/versions").glob("*.py")
)
MIGRATE = """
from puumerkki.kernel import migrate
from puumerkki.wiring import metadata
migrate.upgrade({url!r})
assert migrate.drift({url!r}, metadata) == []
migrate.downgrade({url!r}, "-1")
migrate.upgrade({url!r})
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as it stands here, with the page's blocks laid over it."""
    target = tmp_path_factory.mktemp("house")
    for name in _files():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target / name)
    for kept in (".mypy_cache", "frontend/node_modules"):
        if (ROOT / kept).exists() and kept.startswith("."):
            shutil.copytree(ROOT / kept, target / kept)
    for block in blocks(PAGE):
        if block.more.startswith(("backend/", "frontend/", "tests/", "migrations/", "pyproject")):
            _lay(target, block)
    return target


def _files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [name for name in listed.stdout.decode().split("\n") if name and (ROOT / name).is_file()]


def _lay(target: Path, block: Block) -> None:
    """Write the block's file, or change it where the block is a difference."""
    path = target / block.more
    if block.language == "po" and path.exists():
        with path.open("a", encoding="utf-8") as catalogue:
            catalogue.write(f"\n{block.text}")
        return
    if block.language != "diff":
        assert not path.exists(), f"{block.more} is there already"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text.replace("{head}", HEAD), encoding="utf-8")
        return
    lines = block.text.splitlines()
    old = "\n".join(line[1:] for line in lines if line[0] in " -")
    new = "\n".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{block.more} has not once: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _run(at: Path, *command: str, **more: str) -> str:
    """What a command of the copy prints; the test fails where it fails."""
    environment = os.environ | {"PYTHONPATH": f"{at / 'backend'}{os.pathsep}{at}"} | more
    done = subprocess.run(
        [str(Path(sys.executable).with_name(command[0])), *command[1:]],
        cwd=at, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def generated(copy: Path) -> Path:
    """The copy with what is generated from its code."""
    _run(copy, "python", "scripts/check_generated.py", "--write")
    return copy


def test_the_backend_of_the_room_keeps_all_rules(generated: Path) -> None:
    copy = generated
    own = [str(path.relative_to(copy)) for path in copy.rglob("*noticeboard*") if path.suffix == ".py" or path.is_dir()]
    _run(copy, "ruff", "check", *(one for one in own if not one.startswith(("migrations", "frontend"))))
    _run(copy, "ruff", "format", "--check", "backend/puumerkki/noticeboard", "tests/noticeboard")
    _run(copy, "lint-imports", "--no-cache")
    _run(copy, "mypy", "-p", "puumerkki.noticeboard")
    assert "board_notice.posted" in (copy / "frontend/src/api/codes.d.ts").read_text("utf-8")
    frozen = [(at / "tests/frozen_names.toml").read_text("utf-8").splitlines() for at in (ROOT, copy)]
    assert set(frozen[0]) < set(frozen[1])
    added = sorted(set(frozen[1]) - set(frozen[0]))
    assert [line.split(" = ")[0] for line in added] == ['"board_notice.posted"', '"board_notice.taken_down"']


@pytest.fixture
def migrated(copy: Path, server: local_postgres.LocalServer, template: str) -> Iterator[str]:
    """The copy's own template: ours, with the page's migration."""
    name = _run(copy, "python", "-c", "from tests import conftest; print(conftest._template_name())").strip()
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)')
        connection.execute(f'create database "{name}" template "{template}"')
        yield server.url(name)
        connection.execute(f'drop database "{name}" with (force)')


def test_its_table_and_its_own_tests_hold(copy: Path, migrated: str) -> None:
    _run(copy, "python", "-c", MIGRATE.format(url=migrated))
    _run(copy, "pytest", "tests/noticeboard", "tests/access", "tests/test_rooms.py")
    permissions = copy / "tests/web/permissions.csv"
    before = permissions.read_text("utf-8")
    _run(copy, "pytest", "tests/web/test_permissions.py", "-k", "noticeboard", PUUMERKKI_WRITE_PERMISSIONS="1")
    added = [line for line in permissions.read_text("utf-8").splitlines() if line not in before]
    assert [line.split(",")[0] for line in added] == sorted(
        f"noticeboard_{name}"
        for name in ("get_notice", "get_notice_timeline", "list_notices", "post_notice", "take_notice_down")
    )


def test_its_page_compiles(generated: Path) -> None:
    install()
    at = generated / "frontend"
    (at / "node_modules").symlink_to(FRONTEND / "node_modules")
    run("node", "api.mjs", "src/api/schema.d.ts", at=at)
    run("biome", "check", "--error-on-warnings", "src/features/noticeboard", "src/app/Frame.tsx", at=at)
    run("lingui", "extract", "--clean", at=at)
    run("tsc", "--noEmit", at=at)
    assert list(words.incomplete(at / "src", words.numberless())) == []


def test_it_touches_no_more_than_the_page_says(copy: Path) -> None:
    """Runs last: what the others have generated is counted, too."""
    made = {"node_modules", "__pycache__", ".mypy_cache", ".ruff_cache"}
    names = (path.relative_to(copy) for path in copy.rglob("*") if path.is_file() and not made & set(path.parts))
    outside = {name.as_posix() for name in names if not _same(copy / name, ROOT / name)} - GENERATED
    assert {name for name in outside if not name.startswith(OWN)} == BACKEND | APP


def _same(ours: Path, theirs: Path) -> bool:
    """Whether a file says what it said; where in the code a message stands is nothing that a catalogue says."""
    if not theirs.exists():
        return False
    read = app_rules.messages if ours.suffix == ".po" else Path.read_bytes
    return read(ours) == read(theirs)
