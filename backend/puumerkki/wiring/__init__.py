"""Where the rooms meet: routers, the registry of subjects, and what reacts to which event."""

from puumerkki.kernel import events, refs
from puumerkki.wiring.handlers import HANDLERS
from puumerkki.wiring.routers import ROUTERS
from puumerkki.wiring.subjects import SUBJECTS

__all__ = ["ROUTERS", "connect"]


def connect() -> None:
    """Connect the rooms. Safe to call again."""
    for subject in SUBJECTS:
        refs.register(subject)
    events.set_handlers(HANDLERS)
