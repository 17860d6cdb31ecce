"""Build the single-page app into frontend/dist where its sources are newer than what stands there.

Nothing is to be installed for it: Node comes with this environment, the app's packages by `npm ci` from the lock file.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
SOURCES = (
    "src",
    "public",
    "index.html",
    "package-lock.json",
    "vite.config.ts",
    "preload.ts",
    "lingui.config.ts",
    "tsconfig.json",
)
SHOWN = 60


class Unbuilt(Exception):
    """Why there is no app, in words for the person at the terminal."""


def tools() -> str:
    """A PATH with Node and the app's tools."""
    mine = [str(Path(sys.executable).parent), str(FRONTEND / "node_modules" / ".bin")]
    return os.pathsep.join([*mine, os.environ.get("PATH", "")])


def run(*command: str, quiet: bool = True, at: Path = FRONTEND, **environment: str) -> None:
    """Run one of the app's tools; what it said is told only where it fails."""
    done = subprocess.run(
        command,
        cwd=at,
        env={**os.environ, "PATH": tools(), **environment},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout or "").splitlines()
        raise Unbuilt("\n".join([f"`{' '.join(command)}` failed.", *said[:SHOWN], *(["…"] if said[SHOWN:] else [])]))


def install() -> None:
    """The app's packages, exactly as the lock file names them; nothing to do where they stand already."""
    stamp = FRONTEND / "node_modules" / ".puumerkki-lock"
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == lock:
        return
    print("Fetching the app's packages …", flush=True)
    run("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline")
    stamp.write_text(lock)


def is_fresh() -> bool:
    """Whether the built app is younger than everything it is made of."""
    page = DIST / "index.html"
    return page.is_file() and max(_times()) <= page.stat().st_mtime


def _times() -> Iterator[float]:
    # folders too: a file that was removed changes only its folder's time
    for name in SOURCES:
        path = FRONTEND / name
        yield path.stat().st_mtime
        if path.is_dir():
            yield from (inner.stat().st_mtime for inner in path.rglob("*"))


def build() -> None:
    """Build beside, then put in place: a server that starts meanwhile finds the old app or the new one, whole."""
    print("Building the app …", flush=True)
    fresh, old = FRONTEND / "dist.new", FRONTEND / "dist.old"
    shutil.rmtree(old, ignore_errors=True)
    run("vite", "build", "--outDir", fresh.name, "--emptyOutDir")
    if DIST.exists():
        DIST.rename(old)
    fresh.rename(DIST)
    shutil.rmtree(old, ignore_errors=True)


def ensure_built() -> None:
    """Packages and app, as far as needed; processes that ask at once build once."""
    with open(FRONTEND / "package.json") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_fresh():
            install()
            build()


def main() -> int:
    """0 when the app stands; with `--optional` also when it cannot be built here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--optional", action="store_true", help="say why there is no app, and go on without it")
    optional = parser.parse_args().optional
    try:
        ensure_built()
    except (Unbuilt, OSError) as error:
        print(f"{error}\nThe app could not be built here.", file=sys.stderr)
        if not optional:
            return 1
        what = "The one built before is served." if (DIST / "index.html").is_file() else "Only the API runs: see /docs."
        print(what, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
