"""What is generated from the code and committed: the API's description, parts of pages in docs, names that are kept."""

import argparse
import ast
import sys
from pathlib import Path

import frozen_names
from app_codes import codes
from house import floors as layers

from puumerkki.kernel.settings import Settings
from puumerkki.web.app import create_app
from puumerkki.web.openapi import as_text
from puumerkki.wiring import WORKFLOWS

ROOT = Path(__file__).parents[1]


def workflows_page() -> str:
    """The page that shows every workflow."""
    lines = [
        "# Workflows",
        "",
        "Drawn from the tables in the code: `make generate` writes this page, `make check` holds it.",
        "",
    ]
    for workflow in WORKFLOWS:
        title = workflow.kind.replace("_", " ").capitalize()
        lines += [f"## {title}", "", "```mermaid", workflow.diagram().rstrip(), "```", ""]
        lines += ["| action | from | to | who | guards |", "| --- | --- | --- | --- | --- |"]
        for row in workflow.transitions:
            who = sorted({getattr(one, "permission", "the system") for one in row.may})
            lines.append(
                f"| `{row.action}` | {', '.join(sorted(row.sources))} | {row.target} |"
                f" {', '.join(who)} | {', '.join(guard.__name__ for guard in row.guards)} |"
            )
        lines.append("")
    return "\n".join(lines)


def page_with(page: str, part: str, text: str) -> str:
    """A page of `docs` with the generated text between the endorsements of its part."""
    before, rest = (ROOT / "docs" / page).read_text(encoding="utf-8").split(f"<!-- {part} -->\n", 1)
    after = rest.split(f"<!-- end of {part} -->\n", 1)[1]
    return f"{before}<!-- {part} -->\n{text}<!-- end of {part} -->\n{after}"


def floors() -> str:
    """The rooms from the roof down, each with what its package says of itself; rooms to come in brackets."""
    lines = []
    for number, layer in enumerate(layers(), 1):
        said = [room if room.startswith("(") else f"**{room}**: {_said(room)}" for room in layer.split(" | ")]
        lines.append(f"{number}. " + "<br>".join(said))
    return "\n".join(lines) + "\n"


def _said(room: str) -> str:
    package = ROOT / "backend" / "puumerkki" / room / "__init__.py"
    return (ast.get_docstring(ast.parse(package.read_text(encoding="utf-8"))) or "").splitlines()[0]


def settings() -> str:
    """The table of settings."""
    rows = "".join(
        f"| `{variable}` | {f'`{default}`' if default else ''} | {what} |\n"
        for variable, default, what in Settings.variables()
    )
    return f"| variable | default | what |\n| --- | --- | --- |\n{rows}"


def main() -> int:
    """0 when what is committed is what the code says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    pages = {
        ROOT / "openapi" / "puumerkki.json": as_text(create_app()),
        ROOT / "docs" / "workflows.md": workflows_page(),
        ROOT / "frontend" / "src" / "api" / "codes.d.ts": codes(),
        frozen_names.PATH: frozen_names.completed(frozen_names.PATH.read_text(encoding="utf-8")),
        ROOT / "docs" / "operating.md": page_with("operating.md", "settings", settings()),
        ROOT / "docs" / "architecture.md": page_with("architecture.md", "floors", floors()),
    }
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if write:
            path.parent.mkdir(exist_ok=True)
            path.write_text(pages[path], encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'written' if write else 'differs from the code; run `make generate`'}")
    return 1 if stale and not write else 0


if __name__ == "__main__":
    sys.exit(main())
