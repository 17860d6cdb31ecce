"""What has to end before the server ends."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def told_of_stop(tell: Callable[[], None]) -> Iterator[None]:
    """Call `tell` as soon as the process is asked to stop.

    The server waits for open answers before it ends the application's lifespan. A live stream has no end of its own: it
    would hold up the stop until it is cut off in the middle, which browsers report as an error.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def heard(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(tell)
        then: Any = before[signal.Signals(number)]
        if callable(then):
            then(number, frame)

    for number, then in before.items():
        if callable(then):
            signal.signal(number, heard)
    try:
        yield
    finally:
        for number, then in before.items():
            if callable(then):
                signal.signal(number, then)
