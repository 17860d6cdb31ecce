"""How a process that runs long, or much, treats its memory."""

import gc

SELDOM = 10_000
"""So many new objects before the collector looks at them, instead of 700: rows of a list are no cycles."""


def settle_memory() -> None:
    """What was made at the start stays: the collector need not walk it over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM, 10, 10)
