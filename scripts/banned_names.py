"""The check that no name comes back which has been replaced: `banned_names.toml` says which, where, and what to say."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Banned:
    """`kind`: module, name or text; `where`: globs from the root; `say`: what takes its place."""

    kind: str
    where: tuple[str, ...]
    pattern: re.Pattern[str]
    say: str

    def found(self, path: Path) -> Iterator[str]:
        """What it finds in a file, each with its place."""
        if self.kind == "module":
            if self.pattern.fullmatch(path.stem):
                yield path.stem
            return
        text = path.read_text(encoding="utf-8")
        if self.kind == "text":
            yield from (
                f"line {text.count(chr(10), 0, one.start()) + 1}: {one[0]}" for one in self.pattern.finditer(text)
            )
            return
        for node in ast.walk(ast.parse(text)):
            for name in _names(node):
                if self.pattern.fullmatch(name):
                    yield f"line {getattr(node, 'lineno', 0)}: {name}"


def _names(node: ast.AST) -> Iterator[str]:
    for attribute in ("id", "attr", "arg", "name", "asname"):
        if isinstance(name := getattr(node, attribute, None), str):
            yield name


def read(rules: Path) -> list[Banned]:
    """What the file says."""
    with rules.open("rb") as file:
        rows = tomllib.load(file)["banned"]
    return [Banned(row["kind"], tuple(row["where"]), re.compile(row["pattern"]), row["say"]) for row in rows]


def findings(root: Path, banned: list[Banned]) -> list[str]:
    """Each use of a banned name below a folder, with what to say."""
    return [
        f"{path.relative_to(root)}: {what}; say {one.say}"
        for one in banned
        for glob in one.where
        for path in sorted(root.glob(glob))
        for what in one.found(path)
    ]


def main() -> int:
    """0 when none is used."""
    found = findings(ROOT, read(ROOT / "scripts" / "banned_names.toml"))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
