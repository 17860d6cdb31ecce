"""Who acts for an application: whoever has the permission in any of its applicants."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from puumerkki.kernel.workflow import MayAct


@dataclass(frozen=True)
class ForApplicants:
    """An actor seen from one application: a permission `on` its id is one in any of its applicants."""

    actor: MayAct
    application_id: UUID
    applicant_ids: Collection[UUID]

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """As `Actor.may`, and on the application itself."""
        if on == self.application_id:
            return any(self.actor.may(permission, one) for one in self.applicant_ids)
        return self.actor.may(permission, on)
