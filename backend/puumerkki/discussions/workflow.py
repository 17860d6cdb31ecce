"""The states of a point to mend."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from puumerkki.discussions.models import PointState
from puumerkki.kernel.errors import Forbidden
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition

ANSWERERS = "answerers"
LEADERS = "leaders"
"""Audiences of a subject in the registry: who may answer its points, and who may settle them."""

POINT = Workflow(
    "point_to_mend",
    PointState,
    PointState.open,
    (
        transition(
            "answer", {PointState.open, PointState.answered}, PointState.answered, {Grant(ANSWERERS, on="subject_id")}
        ),
        transition(
            "settle",
            {PointState.open, PointState.answered},
            PointState.settled,
            {Grant(LEADERS, on="subject_id"), ByItself()},
        ),
    ),
)


@dataclass(frozen=True)
class AudienceMember:
    """An actor by the audiences of one subject that they belong to; the table asks for these, not for permissions."""

    audiences: Set[str]

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """Whether the actor is of the audience that the table names."""
        return permission in self.audiences

    def require(self, permission: str) -> None:
        """Forbidden for who is not of the audience."""
        if permission not in self.audiences:
            raise Forbidden()
