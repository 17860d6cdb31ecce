"""What the API takes and gives of operators' namings."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints
from typing_extensions import TypeAliasType

from puumerkki.access.roles import Role, ScopeKind
from puumerkki.kernel.field_types import SEVERAL_LINES, Email, Moment, Schema, ShortLine, UiLanguage
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.organisations.models.organisations import NamingState

Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1000), SEVERAL_LINES]


class NamingCreate(Schema):
    """An administrator of an organisation, or the coordinator of a network without one. Its people see the reason."""

    scope_kind: Literal[ScopeKind.organisation, ScopeKind.network]
    scope_id: UUID
    email: Email
    name: ShortLine
    language: UiLanguage = UiLanguage.fi
    reason: Why


class NamingObjection(Schema):
    reason: Why


NamingAction = TypeAliasType(
    "NamingAction",
    Literal["confirm", "object", "withdraw"],
)


class NamingPublic(Schema):
    """`due_at`: when it takes effect at the earliest. `needs_second`: another operator must confirm it first.

    `proposed_by`, `objected_by`: names of people; null for erased accounts. `email` is given to operators only.
    """

    id: UUID
    scope_kind: ScopeKind
    scope_id: UUID
    role: Role
    name: str
    email: str | None
    reason: str
    state: NamingState
    proposed_by: str | None
    created_at: Moment
    due_at: Moment
    needs_second: bool
    confirmed_at: Moment | None
    objected_by: str | None
    objection: str | None
    ended_at: Moment | None
    available_actions: list[AvailableAction[NamingAction]]


class NamingList(Schema):
    """The latest first, 50 at most."""

    items: list[NamingPublic]
