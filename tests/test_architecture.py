"""Conventions that a reader of the code can rely on, held by walking its syntax."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BACKEND = ROOT / "backend" / "puumerkki"
LONGEST = 299
"""Lines of a file that can be read at one go."""


def _assigned(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    if isinstance(node, ast.AugAssign | ast.AnnAssign):
        return [node.target]
    return []


def _flat(target: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from _flat(element)
    else:
        yield target


def _sets_state(tree: ast.AST) -> Iterator[int]:
    """Lines where something's `state` is set: `x.state = …` or `setattr(x, "state", …)`.

    And `update(…).values(state=…)`.
    """
    for node in ast.walk(tree):
        for target in (flat for assigned in _assigned(node) for flat in _flat(assigned)):
            if isinstance(target, ast.Attribute) and target.attr == "state":
                yield target.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
            name = node.args[1]
            if isinstance(name, ast.Constant) and name.value == "state":
                yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "values":
            yield from (node.lineno for keyword in node.keywords if keyword.arg == "state" and _is_update(node))


def _is_update(node: ast.Call) -> bool:
    return any(
        isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "update"
        for inner in ast.walk(node)
    )


def test_only_the_workflow_sets_a_state() -> None:
    found = {
        f"{path.relative_to(BACKEND)}:{line}"
        for path in BACKEND.rglob("*.py")
        for line in _sets_state(ast.parse(path.read_text("utf-8")))
    }
    assert {place.rpartition(":")[0] for place in found} == {"kernel/workflow.py"}, sorted(found)
    assert len(found) == 1


def test_the_walk_finds_what_it_looks_for() -> None:
    for source in (
        "row.state = 1",
        "a, row.state = 1, 2",
        "row.state: int = 1",
        "setattr(row, 'state', 1)",
        "session.execute(update(Row).where(x).values(state=1))",
    ):
        assert list(_sets_state(ast.parse(source))) == [1], source
    assert not list(_sets_state(ast.parse("Row(state=1); insert(Row).values(state=1); row.states = 1")))


def _long(root: Path) -> set[str]:
    files = (path for folder in ("backend", "scripts", "tests") for path in (root / folder).rglob("*.py"))
    return {str(path.relative_to(root)) for path in files if len(path.read_text("utf-8").splitlines()) > LONGEST}


def test_every_file_can_be_read_at_one_go(tmp_path: Path) -> None:
    assert _long(ROOT) == set()
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "long.py").write_text("\n" * (LONGEST + 1))
    assert _long(tmp_path) == {"tests/long.py"}
