"""Statements built for one test, from the code as the test has patched it."""

import pytest

from puumerkki.kernel.reads import statements
from puumerkki.kernel.reads.read_pool import PinnedReads
from puumerkki.kernel.reads.statements import Compiled, Statement, Statements


def build_anew(patch: pytest.MonkeyPatch) -> None:
    """Until the test ends no statement is taken that was built before it, and none is kept after it."""
    built: dict[Statement, Compiled] = {}

    def ready(statement: Statement) -> Compiled:
        if statement not in built:
            built[statement] = statements._compile(statement._build())
        return built[statement]

    patch.setattr(Statement, "_ready", ready)
    patch.setattr(statements, "_STATEMENTS", Statements("sessions"))
    patch.setattr(PinnedReads, "_statements", Statements("reads"))
