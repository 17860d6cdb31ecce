"""What is generated from the code and committed: the description of the API, the workflows, the settings."""

import argparse
import sys
from pathlib import Path

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


def operating_page() -> str:
    """The page for who runs it, with the table of settings as the code has them."""
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    before, rest = page.split("<!-- settings -->\n", 1)
    after = rest.split("<!-- end of settings -->\n", 1)[1]
    rows = "".join(
        f"| `{variable}` | {f'`{default}`' if default else ''} | {what} |\n"
        for variable, default, what in Settings.variables()
    )
    table = f"| variable | default | what |\n| --- | --- | --- |\n{rows}"
    return f"{before}<!-- settings -->\n{table}<!-- end of settings -->\n{after}"


def main() -> int:
    """0 when what is committed is what the code says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    pages = {
        ROOT / "openapi" / "puumerkki.json": as_text(create_app()),
        ROOT / "docs" / "workflows.md": workflows_page(),
        ROOT / "docs" / "operating.md": operating_page(),
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
