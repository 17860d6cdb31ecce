"""What a content asks of one party, asked of another that stands in its place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID


def renamed(content: Mapping[str, Any], stands: Mapping[UUID, UUID]) -> dict[str, Any]:
    """Whatever in a list names a former party by `organisation_id` names the one that stands for it.

    `stands`: who stands, by the former's id. Texts stay as they are.
    """
    by = {str(former): str(successor) for former, successor in stands.items()}

    def of(one: Any) -> Any:
        successor = by.get(str(one.get("organisation_id"))) if isinstance(one, dict) else None
        return one if successor is None else {**one, "organisation_id": successor}

    return {name: [of(one) for one in value] if isinstance(value, list) else value for name, value in content.items()}
