"""The states of a meeting."""

from dataclasses import dataclass
from datetime import datetime

from puumerkki.access.permissions import P
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import Grant, Workflow, transition
from puumerkki.meetings.errors import MeetingNotBegun
from puumerkki.meetings.models import MeetingState


@dataclass(frozen=True)
class MeetingFacts:
    """What the guards need to know."""

    starts_at: datetime
    now: datetime


def has_begun(facts: MeetingFacts) -> PuumerkkiError | None:
    """Nobody records as held what is still to come."""
    return None if facts.starts_at <= facts.now else MeetingNotBegun()


_RECORDER = {Grant(P.meetings_record, on="network_id")}

MEETING = Workflow(
    "meeting",
    MeetingState,
    MeetingState.planned,
    (
        transition("hold", {MeetingState.planned}, MeetingState.held, _RECORDER, has_begun),
        transition("cancel", {MeetingState.planned}, MeetingState.cancelled, _RECORDER),
    ),
)
