"""Check the app: style, types, layers, client against the API's description, messages, words, tests, first load."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts import app_rules, words
from scripts.build_app import DIST, FRONTEND, ROOT, Unbuilt, ensure_built, install, run
from scripts.read_texts import texts

SRC = FRONTEND / "src"
SCHEMA = SRC / "api" / "schema.d.ts"
BACKEND = ROOT / "backend" / "puumerkki"
UNFINISHED = ("messages", "words")
"""What a page in the making cannot fulfil yet."""


def style() -> Iterator[str]:
    """Lint and format; a warning is an error."""
    run("biome", "check", "--error-on-warnings", ".")
    yield from ()


def types() -> Iterator[str]:
    """TypeScript, strict."""
    run("tsc", "--noEmit")
    yield from ()


def client() -> Iterator[str]:
    """The committed types are those of the API's description."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "schema.d.ts"
        run("node", "api.mjs", str(fresh))
        if fresh.read_bytes() != SCHEMA.read_bytes():
            yield f"{SCHEMA.relative_to(FRONTEND)} differs from the API's description; run `npm run api`"


def complete_messages() -> Iterator[str]:
    """The catalogues hold the messages of the code, each translated in one way."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for file in SRC.rglob("*.po"):
            (copy / file.relative_to(SRC)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy / file.relative_to(SRC))
        run("lingui", "extract", "--clean", PUUMERKKI_CATALOGUES=folder)
        yield from app_rules.message_faults(SRC, copy)
    yield from app_rules.split_words(SRC)


def said() -> Iterator[str]:
    """Messages are translated and agree with their translation; nothing that people read says a word of the lists."""
    yield from words.incomplete(SRC, words.numberless())
    search = words.Search(words.rules())
    yield from search.faults(texts(SRC, BACKEND))
    yield from search.unneeded()


def units() -> Iterator[str]:
    """The app's own tests."""
    run("vitest", "run")
    yield from ()


def weight() -> Iterator[str]:
    """The first load in every language, the front page and the heaviest page, told and held against their budgets."""
    ensure_built()
    built = app_rules.Built(DIST)
    yield from app_rules.wordless_pages(SRC, built)
    pages = built.pages(app_rules.plain_pages(SRC))
    heaviest = max(pages, key=lambda page: pages[page].total)
    yield from _held({f"first load, {language}": one for language, one in built.first_load().items()}, app_rules.ENTRY)
    yield from _held({"front page": pages[app_rules.FRONT_PAGE]}, app_rules.FRONT)
    yield from _held({heaviest: pages[heaviest]}, app_rules.PAGE)


def _held(weights: dict[str, app_rules.Weight], budget: int) -> Iterator[str]:
    for name, weight in weights.items():
        print(f"  {name}: {weight.total / 1000:.1f} kB of {budget / 1000:.0f} kB gzipped")
        if weight.total > budget:
            yield from (f"{size / 1000:6.1f} kB {file}" for file, size in weight.parts.items())
            yield f"{name} weighs {weight.total} bytes, at most {budget} are allowed"


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "layers": lambda: app_rules.broken_layers(SRC),
    "errors": lambda: app_rules.early_errors(SRC),
    "length": lambda: app_rules.long_files(SRC),
    "client": client,
    "style": style,
    "messages": complete_messages,
    "words": said,
    "types": types,
    "units": units,
    "weight": weight,
}


def main() -> int:
    """0 when all holds. `PUUMERKKI_DRAFT=1` leaves out what a page in the making cannot fulfil yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*CHECKS, []], metavar="check", help="these checks only")
    parser.add_argument("--write", action="store_true", help="write the client's types anew instead")
    given = parser.parse_args()
    chosen = given.only or [name for name in CHECKS if not (name in UNFINISHED and os.environ.get("PUUMERKKI_DRAFT"))]
    faults: list[str] = []
    try:
        install()
        if given.write:
            run("npm", "run", "api")
            return 0
    except Unbuilt as error:
        print(error, file=sys.stderr)
        return 1
    for name in chosen:
        try:
            faults += [f"{name}: {fault}" for fault in CHECKS[name]()]
        except Unbuilt as error:
            faults.append(f"{name}: {error}")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
