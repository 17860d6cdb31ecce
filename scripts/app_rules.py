"""The app's own rules: who imports whom, how long a file may be, complete messages, what the first load weighs."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST = 299
ENTRY, FRONT, PAGE = 162_000, 165_000, 230_000
"""Gzipped bytes that the first load, the front page and any other page may weigh with all that is fetched for them."""
FRONT_PAGE = "src/features/home/HomePage.tsx"
LABELS = "labels"
"""The chunk of all features' labels, as `vite.config.ts` calls it."""
LANGUAGES = ("fi", "sv", "en")
# from the roof down; a feature is `features/<name>`
MAY_IMPORT = {
    "api": {"api"},
    "lib": {"lib", "api"},
    "ui": {"ui", "lib", "api"},
    "features": {"ui", "lib", "api"},
    "app": {"app", "features", "ui", "lib", "api"},
}
_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*['"](\.[^'"]*)['"]""")


def sources(src: Path) -> list[Path]:
    """The app's files in TypeScript, those that are generated left out."""
    return sorted(path for path in src.rglob("*") if path.suffix in (".ts", ".tsx") and not path.name.endswith(".d.ts"))


def broken_layers(src: Path) -> Iterator[str]:
    """Imports that go up or across: a feature imports only `ui`, `lib`, `api` and itself."""
    for path in sources(src):
        own = path.relative_to(src).parts
        if len(own) == 1:
            continue
        for found in _IMPORT.findall(path.read_text("utf-8")):
            target = (path.parent / found).resolve().relative_to(src.resolve()).parts
            within_feature = own[0] == "features" and target[:2] == own[:2]
            if not within_feature and target[0] not in MAY_IMPORT.get(own[0], set()):
                yield f"{path.relative_to(src)} imports {'/'.join(target)}"


def early_errors(src: Path) -> Iterator[str]:
    """Files that import the texts of all errors, which every page would then wait for: `loadErrors` fetches them."""
    for path in sources(src):
        if ".test." not in path.name and re.search(r"from '[./\w]*/errorMessages'", path.read_text("utf-8")):
            yield f"{path.relative_to(src)} imports the texts of all errors; ask `lib/loadErrors` for them"


def long_files(src: Path) -> Iterator[str]:
    """Files too long to be read at one go."""
    for path in sources(src):
        lines = len(path.read_text("utf-8").splitlines())
        if lines > LONGEST:
            yield f"{path.relative_to(src)} has {lines} lines, at most {LONGEST} are allowed"


def messages(catalogue: Path) -> dict[tuple[str, str], str]:
    """The messages of a catalogue by context and id."""
    found: dict[tuple[str, str], str] = {}
    for block in re.split(r"\n\s*\n", catalogue.read_text("utf-8")):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        parts: dict[str, str] = {}
        name = ""
        for line in lines:
            if not line.startswith('"'):
                name, line = line.split(" ", 1)
            parts[name] = parts.get(name, "") + json.loads(line)
        if parts.get("msgid"):
            found[parts.get("msgctxt", ""), parts["msgid"]] = parts.get("msgstr", "")
    return found


def message_faults(committed: Path, extracted: Path) -> Iterator[str]:
    """Where the catalogues differ from the code's messages."""
    for fresh in sorted(extracted.rglob("*.po")):
        name = fresh.relative_to(extracted)
        wanted = messages(fresh)
        held = messages(committed / name) if (committed / name).is_file() else {}
        for context, text in wanted.keys() - held.keys():
            yield f"{name}: not extracted: {context} {text!r}"
        for context, text in held.keys() - wanted.keys():
            yield f"{name}: not in the code any more: {context} {text!r}"


def split_words(src: Path) -> Iterator[str]:
    """What is translated in two ways: the catalogues of the pages gone to are merged, and the last one loaded wins."""
    for language in sorted({path.stem for path in src.rglob("locales/**/*.po")}):
        first: dict[tuple[str, str], tuple[str, Path]] = {}
        for catalogue in sorted(src.rglob(f"locales/**/{language}.po")):
            for key, text in messages(catalogue).items():
                held, where = first.setdefault(key, (text, catalogue))
                if held != text:
                    yield f"{catalogue.relative_to(src)}: {key[1]!r} is {text!r}, in {where.relative_to(src)} {held!r}"


@dataclass(frozen=True)
class Weight:
    """What a browser fetches first: gzipped bytes by file."""

    parts: dict[str, int]

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(self.parts.values())


class Built:
    """What the built app is made of."""

    def __init__(self, dist: Path) -> None:
        self._dist = dist
        self._manifest: dict[str, Any] = json.loads((dist / ".vite" / "manifest.json").read_text("utf-8"))
        [self._entry] = [key for key, chunk in self._manifest.items() if chunk.get("isEntry")]

    def first_load(self) -> dict[str, Weight]:
        """By language, the JavaScript that the entry loads: what it imports statically, and the language's messages."""
        return {language: self._weight(self._first(language)) for language in LANGUAGES}

    def pages(self, plain: Iterable[str]) -> dict[str, Weight]:
        """By page, the JavaScript fetched before it is shown: first load, page, messages; where these weigh most."""
        wordless = set(plain)
        found = {}
        for page in sorted(key for key in self._manifest if key.endswith("Page.tsx")):
            folders = [f"{page.rsplit('/', 1)[0]}/locales", *([] if page in wordless else ["src/locales/labels"])]
            weights = [
                self._weight([*self._first(language), page, *(f"{folder}/{language}.po" for folder in folders)])
                for language in LANGUAGES
            ]
            found[page] = max(weights, key=lambda one: one.total)
        return found

    def says_labels(self, page: str) -> bool:
        """Whether the page or what it imports says labels of the features, and so needs their messages."""
        return any(self._manifest[key].get("name") == LABELS for key in self._closure(page))

    def _first(self, language: str) -> list[str]:
        return [self._entry, f"src/locales/{language}.po"]

    def _weight(self, starts: Iterable[str]) -> Weight:
        chunks = {key for start in starts if start in self._manifest for key in self._closure(start)}
        files = {self._manifest[key]["file"] for key in chunks}
        return Weight({file: len(gzip.compress((self._dist / file).read_bytes())) for file in sorted(files)})

    def _closure(self, start: str) -> set[str]:
        reached, coming = set[str](), [start]
        while coming:
            key = coming.pop()
            if key not in reached:
                reached.add(key)
                coming += self._manifest[key].get("imports", [])
        return reached


def plain_pages(src: Path) -> Iterator[str]:
    """The pages that do not wait for the messages of labels."""
    for file in sorted(src.glob("features/*/pages.ts")):
        plain = re.search(r"^  plain: {(.*?)}", file.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        for name in re.findall(r"import\('\./(\w+)'\)", plain[1] if plain else ""):
            yield f"src/{file.parent.relative_to(src)}/{name}.tsx"


def wordless_pages(src: Path, built: Built) -> Iterator[str]:
    """Pages that say labels of the features and do not wait for their messages."""
    for page in plain_pages(src):
        if built.says_labels(page):
            yield f"{page} says labels of the features: it is no plain page in its pages.ts"
