"""What an agreement takes over from the application that it grows from. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID


def period(content: Mapping[str, Any]) -> tuple[date, date] | None:
    """The first and the last day of what was applied for."""
    duration = content.get("duration")
    if duration is None:
        return None
    return date.fromisoformat(duration["starts_on"]), date.fromisoformat(duration["ends_on"])


def grown(content: Mapping[str, Any], *, applicant_id: UUID, this_year: int) -> dict[str, Any]:
    """The sections of an agreement from an application's content. `applicant_id`: who answers for the budget.

    The budget's lines are the applicant's money, whole in the first year: so their sum stays the same.
    """
    days = period(content)
    year = this_year if days is None else days[0].year
    lines = content.get("budget", {}).get("items", [])
    forms = [content[part] for part in ("methods", "cooperation") if content.get(part)]
    found = {
        "purpose": content.get("purpose"),
        "target_groups": content.get("target_groups"),
        "forms": "\n\n".join(forms) or None,
        "contributions": [
            {
                "organisation_id": str(applicant_id),
                "kind": "money",
                "year": year,
                "cents": one["cents"],
                "budget_line": one["name"],
                "description": one.get("source"),
            }
            for one in lines
        ]
        or None,
    }
    return {name: value for name, value in found.items() if value is not None}
