"""`import` and `undo-import` at a running installation elsewhere."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psycopg

from puumerkki.kernel.db import libpq_url
from tests.cli.elsewhere import LIST, PASSWORD, Elsewhere, Said, elsewhere, list_of, run

__all__ = ["elsewhere", "run"]


def test_a_list_goes_in_and_is_undone(elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path) -> None:
    file, here = list_of(tmp_path, LIST), f"--organisation={elsewhere.organisation}"
    tried = run("import", "applications", file, here, "--dry-run")
    assert tried.code == 0, tried.text
    assert "2 new, 0 changed, 0 unchanged, 0 left out" in tried.text
    assert "Nothing has been stored." in tried.text
    assert elsewhere.titles() == []

    result = tmp_path / "result.csv"
    stored = run("import", "applications", file, here, f"--result={result}")
    assert stored.code == 0, stored.text
    assert "2 new" in stored.text
    assert "Read as csv, utf-8, headings in row 1: Ystävätoiminta, Kyläkahvila" in stored.text
    assert result.read_text(encoding="utf-8-sig").splitlines()[1].startswith("2;stored;")
    assert elsewhere.titles() == ["Kyläkahvila", "Ystävätoiminta"]
    again = run("import", "applications", file, here)
    assert "0 new, 0 changed, 2 unchanged" in again.text

    undo = stored.text.rpartition("undo-import ")[2].split()[0]
    undone = run("undo-import", undo)
    assert undone.code == 0, undone.text
    assert elsewhere.titles() == []
    assert run("undo-import", undo).code == 1


def test_bad_rows_stop_all_or_are_left_out(elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path) -> None:
    file = list_of(tmp_path, LIST + "Kolmas;Hyvä.;olematon\n")
    here = f"--organisation={elsewhere.organisation}"
    refused = run("import", "applications", file, here)
    assert (refused.code, "Nothing has been stored." in refused.text) == (1, True)
    assert "olematon" in refused.text
    assert elsewhere.titles() == []
    left = run("import", "applications", file, here, "--skip-bad")
    assert left.code == 0, left.text
    assert "2 new, 0 changed, 0 unchanged, 1 left out" in left.text
    assert run("undo-import", left.text.rpartition("undo-import ")[2].split()[0]).code == 0
    strange = run("import", "applications", list_of(tmp_path, "Mikä;Missä\n1;2\n"), here)
    assert (strange.code, "Nothing has been stored." in strange.text) == (1, True)


def test_headings_are_told_by_hand(elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path) -> None:
    file, here = list_of(tmp_path, "Aihe\nKerho\n"), f"--organisation={elsewhere.organisation}"
    tried = run("import", "applications", file, here, "--column", "Aihe=title", "--dry-run")
    assert (tried.code, "1 new" in tried.text) == (0, True)
    assert "no field kind_of" in run("import", "applications", file, here, "--column", "Aihe=kind_of").text
    assert "needs --organisation" in run("import", "applications", file).text


def test_a_person_decides_what_is_near(elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path) -> None:
    file = list_of(
        tmp_path, "nimi;sektori;kotikunta\nTuiran seudun asukas;järjestö;Oulu\nSiirtäjät r.y.;järjestö;Kemi\n"
    )
    given = {"secret": PASSWORD, "email": elsewhere.operator}
    near = run("import", "organisations", file, **given)
    assert near.code == 1
    assert str(elsewhere.near) in near.text
    assert "--same ROW=ID" in near.text
    stranger = run("import", "organisations", file, f"--same=2={uuid4()}", **given)
    assert (stranger.code, "Row 2" in stranger.text) == (1, True)
    assert "Choose one of the row's candidates." in stranger.text
    assert "Row 9" in run("import", "organisations", file, "--skip=9", **given).text
    decided = run("import", "organisations", file, f"--same=2={elsewhere.near}", "--another=3", **given)
    assert decided.code == 0, decided.text
    assert "1 new, 1 changed" in decided.text
    assert run("undo-import", decided.text.rpartition("undo-import ")[2].split()[0], **given).code == 0
    with psycopg.connect(libpq_url(elsewhere.site.database)) as connection:
        left = connection.execute("select count(*) from refresh_token where revoked_at is null").fetchone()
    assert left == (0,)


def test_lines_of_json_go_in(elsewhere: Elsewhere, run: Callable[..., Said], tmp_path: Path) -> None:
    lines = '{"title":"Rivi"}\n\n{"title":"Toinen","mikä":"1"}\n{"title":"Kolmas"}\n'
    file, here = list_of(tmp_path, lines, "lines.ndjson"), f"--organisation={elsewhere.organisation}"
    assert "2 new" in run("import", "applications", file, here, "--dry-run").text
    assert elsewhere.titles() == []
    brought = run("import", "applications", file, here)
    assert (brought.code, "2 new, 0 changed, 0 unchanged, 1 left out" in brought.text) == (1, True)
    assert "3 │ mikä" in brought.text
    assert elsewhere.titles() == ["Kolmas", "Rivi"]
    assert run("import", "applications", file, here, "--skip-bad").code == 0
    assert "no rows to decide" in run("import", "applications", file, here, "--skip=1").text
