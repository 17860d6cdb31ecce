"""A wheel built from the repository carries all that it needs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import uuid4

from puumerkki.kernel.embedded_postgres import local_postgres
from scripts.build_app import ensure_built

ROOT = Path(__file__).parents[1]
PROGRAM = """
import sys
from pathlib import Path
import puumerkki
from puumerkki.kernel import migrate
from puumerkki.reference.loading import DATA
from puumerkki.web.spa import app_folder
unpacked = Path(sys.argv[1])
assert Path(puumerkki.__file__).is_relative_to(unpacked)
assert migrate.migrations_folder().is_relative_to(unpacked)
assert len(list(DATA.glob("*.csv"))) == 9
assert (unpacked / "puumerkki" / "imports" / "fault_words.csv").is_file()
assert (unpacked / "puumerkki" / "notifications" / "task_words.csv").is_file()
assert (unpacked / "puumerkki" / "notifications" / "sentences.csv").is_file()
assert (unpacked / "puumerkki" / "notifications" / "tell_words.csv").is_file()
assert app_folder() == unpacked / "puumerkki" / "app"
migrate.upgrade(sys.argv[2])
assert migrate.is_current(sys.argv[2])
"""


def test_the_wheel_migrates_a_database(tmp_path: Path, server: local_postgres.LocalServer) -> None:
    ensure_built()
    build = [Path(sys.executable).with_name("uv"), "build", "--wheel", "--quiet", "--out-dir", tmp_path, ROOT]
    subprocess.run(build, check=True, timeout=120)
    [wheel] = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    name = f"puumerkki_t_{uuid4().hex[:16]}"
    local_postgres.ensure_database(server, name)
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", PROGRAM, unpacked, server.url(name)]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert {"puumerkki = puumerkki.cli:app"} <= set(_entry_points(unpacked))


def _entry_points(unpacked: Path) -> list[str]:
    [file] = unpacked.glob("*.dist-info/entry_points.txt")
    return file.read_text().splitlines()
