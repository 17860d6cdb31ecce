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


WORKING_COPY = {"title", "call_id", "content", "amount_cents", "area_ids", "private"}
"""What an application's working copy says, and each version keeps as it was frozen."""
BESIDE_IT = {"ApplicationApplicant", "ApplicationAuthority", "ApplicationNeed"}
OF_THE_WORKING_COPY = {
    f"applications/{place}.py"
    for place in (
        "content",
        "queries/applicants",
        "queries/application_checks",
        "queries/application_facts",
        "queries/application_tasks",
        "queries/views",
        "queries/applications",
        "queries/stakeholders",
        "queries/co_applicants",
        "service/applicant_mails",
        "service/applicants",
        "service/applications",
        "service/askings",
        "service/external_ids",
        "service/releasing",
        "service/submission",
        "service/succession",
    )
} | {"filings/queries.py"}
"""Where its own applicants write and read it. Whatever else decides, shows or mails something reads a version."""


def _applications(tree: ast.AST) -> set[str]:
    """The names under which a module knows applications: `Application`, its aliases, what is one or is got as one."""
    known = {"Application", "application"}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation is not None and "Application" in _names(node.annotation):
            known.add(node.arg)
        for target in _assigned(node):
            value = node.value  # type: ignore[attr-defined]
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            for name, made in pairs:
                if isinstance(name, ast.Name) and made is not None and _gets_one(made):
                    known.add(name.id)
    return known


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _gets_one(made: ast.AST) -> bool:
    """`aliased(Application)`, `session.get(Application, …)`, `await` of it."""
    call = made.value if isinstance(made, ast.Await) else made
    first = call.args[0] if isinstance(call, ast.Call) and call.args else None
    return isinstance(first, ast.Name) and first.id == "Application"


def _reads_working_copy(tree: ast.AST) -> Iterator[int]:
    known = _applications(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in WORKING_COPY:
            of = node.value
            name = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else None
            if name in known:
                yield node.lineno
        if isinstance(node, ast.Name) and node.id in BESIDE_IT:
            yield node.lineno


def test_only_its_applicants_read_the_working_copy() -> None:
    """Rule 1: whatever concerns a case is read from the frozen version."""
    found = {
        str(path.relative_to(BACKEND))
        for path in BACKEND.rglob("*.py")
        # a manifest names the tables and reads none
        if "models" not in path.parts
        and path.name != "room.py"
        and any(_reads_working_copy(ast.parse(path.read_text("utf-8"))))
    }
    assert found == OF_THE_WORKING_COPY


def test_the_walk_finds_reads_of_the_working_copy() -> None:
    for source in (
        "application.title",
        "case.application.content",
        "col(Application.call_id)",
        "one = aliased(Application)\none.call_id",
        "a, b = aliased(X), aliased(Application)\nb.title",
        "one = await session.get_one(Application, key)\none.private",
        "def of(one: Application | None): return one.area_ids",
        "select(ApplicationApplicant)",
    ):
        assert len(list(_reads_working_copy(ast.parse(source)))) == 1, source
    for source in ("version.title", "application.language", "ApplicationVersion.content", "endorsement.version.title"):
        assert not list(_reads_working_copy(ast.parse(source))), source
