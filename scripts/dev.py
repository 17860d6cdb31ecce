"""Run everything for development: the API with reload, the worker, and the app with Vite's hot reload. Ctrl-C ends all.

The demo's data is used, in a folder of its own, so that there is something to look at. Open the address that Vite says.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from puumerkki.kernel.embedded_postgres.server_host import default_data_dir
from scripts.build_app import FRONTEND, Unbuilt, install, tools

BIN = Path(sys.executable).parent
PORT = os.environ.get("PUUMERKKI_PORT", "8000")


def main() -> int:
    try:
        install()
    except Unbuilt as error:
        print(error, file=sys.stderr)
        return 1
    environment = os.environ | {"PATH": tools(), "PUUMERKKI_API": f"http://127.0.0.1:{PORT}"}
    environment.setdefault("PUUMERKKI_DATA_DIR", str(default_data_dir() / "dev"))
    environment.setdefault("PUUMERKKI_LOG_LEVEL", "info")
    environment.setdefault("PUUMERKKI_BUILD_READS", "false")
    built = subprocess.run([BIN / "puumerkki", "demo", "--no-serve"], env=environment, check=False)
    if built.returncode:
        return built.returncode
    commands = (
        [BIN / "puumerkki", "serve", "--reload"],
        [BIN / "puumerkki", "worker"],
        ["vite", "--clearScreen", "false"],
    )
    # each with what it starts: Node's wrapper does not pass a signal on
    running = [subprocess.Popen(command, cwd=FRONTEND, env=environment, start_new_session=True) for command in commands]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        while all(one.poll() is None for one in running):
            time.sleep(0.5)
        return 1
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        for one in running:
            with suppress(ProcessLookupError):
                os.killpg(one.pid, signal.SIGTERM)
        for one in running:
            one.wait()


if __name__ == "__main__":
    sys.exit(main())
