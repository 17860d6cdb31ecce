"""The house in figures: rooms, the arrows between them, circles of modules, sizes of files and rooms."""

import sys
import tomllib
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import grimp

ROOT = Path(__file__).parents[1]
PACKAGE = "puumerkki"
MOST_LINES = 299


def floors() -> list[str]:
    """The floors from the roof down, each a line of rooms, as import-linter's first contract holds them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        house = tomllib.load(file)["tool"]["importlinter"]["contracts"][0]
    layers: list[str] = house["layers"]
    return layers


def circle(imports: Mapping[str, set[str]]) -> list[str]:
    """Modules that import each other round, if there are any."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        modules: list[str] = found.args[1]
        return modules
    return []


def main() -> int:
    """0 without a circle and long files."""
    graph = grimp.build_graph(PACKAGE)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    sizes = {
        path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines())
        for folder, pattern in (("backend", "*.py"), ("tests", "*.py"), ("scripts", "*.py"), ("frontend/src", "*.ts*"))
        for path in (ROOT / folder).rglob(pattern)
        if path.parent.name != "api" or folder == "backend"
    }
    backend = {path: lines for path, lines in sizes.items() if path.parts[0] == "backend"}
    whole = sum(backend.values())
    rooms: dict[str, int] = {}
    for path, lines in backend.items():
        rooms[path.parts[2]] = rooms.get(path.parts[2], 0) + lines
    arrows = {
        (module.split(".")[1], target.split(".")[1])
        for module, targets in imports.items()
        for target in targets
        if module.count(".") and target.count(".")
    }
    print("\n".join(floors()), end="\n\n")
    for room, lines in sorted(rooms.items(), key=lambda one: -one[1]):
        if not room.endswith(".py"):
            used = sorted(target for source, target in arrows if source == room and target != room)
            print(f"{room:14} {lines:6} lines {100 * lines / whole:5.1f} %   uses {', '.join(used) or 'none'}")
    round_about = circle(imports)
    long = [f"{path}: {lines}" for path, lines in sorted(sizes.items()) if lines > MOST_LINES]
    print(f"\n{len(backend)} files in the backend, the median {median(backend.values()):.0f} lines, {whole} in all")
    print(f"{sum(source != target for source, target in arrows)} arrows between rooms")
    print(f"a circle: {' → '.join(round_about)}" if round_about else "no circles")
    print(f"{len(long)} files over {MOST_LINES} lines", *long, sep="\n  ")
    return 1 if round_about or long else 0


if __name__ == "__main__":
    sys.exit(main())
