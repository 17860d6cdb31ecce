"""A connection that can break: it passes bytes on to a server, and loses an answer where a test says so."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class Relay:
    """Listens on a port of its own. `loses`: told each request's bytes, says whether its answer is lost."""

    def __init__(self, port: int, loses: Callable[[bytes], bool]) -> None:
        self._to, self._loses = port, loses
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "Relay":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._thread.join(10)

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=self._pass_on, args=(near, far), daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        lost = threading.Event()

        def answers() -> None:
            with suppress(OSError):
                while (some := far.recv(65536)) and not lost.is_set():
                    near.sendall(some)
                near.shutdown(socket.SHUT_RDWR)

        back = threading.Thread(target=answers, daemon=True)
        back.start()
        with suppress(OSError):
            while some := near.recv(65536):
                if self._loses(some):
                    lost.set()
                far.sendall(some)
            far.shutdown(socket.SHUT_RDWR)
        back.join(10)
        near.close()
        far.close()
