"""How to make a valid request of each operation, declared once.

The permission table, the hooks of schemathesis and the test of bytes against models all use these. A module for each
room; each builder makes what its request needs in the cast's world and returns the request of somebody who may.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.personas import Cast


@dataclass(frozen=True)
class Call:
    """A request: `path` begins after `/api/v1`, unless it begins with `/.well-known`. `by`: a caller who may do it."""

    method: str
    path: str
    by: str
    json: Any = None
    if_match: int | None = None
    options: dict[str, Any] = field(default_factory=dict)


Builder = Callable[[Cast], Awaitable[Call]]
OPERATIONS: dict[str, Builder] = {}


def operation(operation_id: str) -> Callable[[Builder], Builder]:
    """Declare the valid request of an operation."""

    def declare(builder: Builder) -> Builder:
        assert operation_id not in OPERATIONS, operation_id
        OPERATIONS[operation_id] = builder
        return builder

    return declare


def load() -> dict[str, Builder]:
    """All declared operations, from every module of this package."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return OPERATIONS
