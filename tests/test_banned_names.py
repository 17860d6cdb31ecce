"""Names that have been replaced are refused, each kind where it is looked for."""

import re
from pathlib import Path

from scripts.banned_names import ROOT, Banned, findings, read


def test_none_is_used() -> None:
    assert findings(ROOT, read(ROOT / "scripts" / "banned_names.toml")) == []


def test_each_kind_is_found_where_it_is_looked_for_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "old.py").write_text("def old(older):\n    return older.old  # an old word\n")
    (tmp_path / "new.py").write_text("older = 'old'\n")
    (tmp_path / "page.md").write_text("Nothing.\nAn old word.\n")
    kinds = {
        "module": ["old.py: old; say new"],
        "name": ["old.py: line 1: old; say new", "old.py: line 2: old; say new"],
        "text": ["page.md: line 2: old; say new"],
    }
    for kind, found in kinds.items():
        where = ("*.md",) if kind == "text" else ("*.py",)
        assert findings(tmp_path, [Banned(kind, where, re.compile(r"\bold\b"), "new")]) == found
