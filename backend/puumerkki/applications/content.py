"""What an application's content holds, and how the working copy is frozen into a version."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from puumerkki.applications.models.applications import Application
from puumerkki.networks.decision_rule import ApplicationPart

LABELS: Mapping[str, dict[str, str]] = {
    "title": {"fi": "Nimi", "sv": "Namn", "en": "Name"},
    "purpose": {"fi": "Miksi", "sv": "Varför", "en": "Why"},
    "target_groups": {"fi": "Kohderyhmät", "sv": "Målgrupper", "en": "Target groups"},
    "goals": {"fi": "Tavoitteet", "sv": "Mål", "en": "Goals"},
    "methods": {"fi": "Miten", "sv": "Hur", "en": "How"},
    "duration": {"fi": "Kesto", "sv": "Tidsperiod", "en": "Duration"},
    "partners": {"fi": "Kumppanit", "sv": "Partner", "en": "Partners"},
    "complements": {
        "fi": "Miten se täydentää julkisia ja kaupallisia palveluja",
        "sv": "Hur det kompletterar offentliga och kommersiella tjänster",
        "en": "How it complements public and commercial services",
    },
    "cooperation": {"fi": "Toivottu yhteistyö", "sv": "Önskat samarbete", "en": "Cooperation wished"},
    "needs": {"fi": "Tarpeet", "sv": "Behov", "en": "Needs"},
    "budget": {"fi": "Talousarvio", "sv": "Budget", "en": "Budget"},
    "measures": {"fi": "Mittarit", "sv": "Indikatorer", "en": "Indicators"},
    "amount_cents": {"fi": "Haettava summa", "sv": "Sökt belopp", "en": "Amount applied for"},
    "call_id": {"fi": "Avustushaku", "sv": "Ansökningsomgång", "en": "Funding call"},
    "co_applicant_ids": {"fi": "Muut hakijat", "sv": "Övriga sökande", "en": "Further applicants"},
    "authorities": {"fi": "Viranomaiskumppanit", "sv": "Myndighetspartner", "en": "Partner authorities"},
    "area_ids": {"fi": "Alueet", "sv": "Områden", "en": "Areas"},
    "need_ids": {"fi": "Tarpeet, joihin vastataan", "sv": "Behov som besvaras", "en": "Needs that it answers"},
}
"""What the parts are called on the screen."""


def freeze(
    application: Application,
    *,
    co_applicant_ids: Iterable[UUID] = (),
    authorities: Sequence[tuple[UUID, str | None]] = (),
    need_ids: Iterable[UUID] = (),
) -> dict[str, Any]:
    """The content of a version: the parts, and what stands beside them in the working copy, where there is any.

    The networks are not in it: asking a further network does not change what the first one endorsed.
    """
    beside: dict[str, Any] = {
        "amount_cents": application.amount_cents,
        "call_id": None if application.call_id is None else str(application.call_id),
        "co_applicant_ids": sorted(str(one) for one in co_applicant_ids) or None,
        "authorities": sorted(
            ({"id": str(key), "asks": asks} for key, asks in authorities), key=lambda one: str(one["id"])
        )
        or None,
        "need_ids": sorted(str(one) for one in need_ids) or None,
        "area_ids": sorted(str(one) for one in application.area_ids) or None,
    }
    kept = {name: value for name, value in beside.items() if value is not None}
    return {**application.content, "title": application.title, **kept}


def missing_parts(frozen: Mapping[str, Any], required: Iterable[ApplicationPart]) -> tuple[str, ...]:
    """The required parts that are empty, in the order of the form. Chosen needs fill the part `needs` too."""
    wanted = set(required)
    empty = (part for part in ApplicationPart if part in wanted and not _filled(frozen, part.value))
    return tuple(part.value for part in empty)


def _filled(frozen: Mapping[str, Any], part: str) -> bool:
    if part == ApplicationPart.needs and frozen.get("need_ids"):
        return True
    value = frozen.get(part)
    if part == ApplicationPart.budget:
        return bool(value and value.get("items"))
    return bool(value.strip() if isinstance(value, str) else value)


def parts_of(content: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The content with the changed parts: a part that is null is removed, a budget gets its sum."""
    merged = {**content, **changes}
    if changes.get("budget") is not None:
        items = changes["budget"]["items"]
        merged["budget"] = {"items": items, "total_cents": sum(item["cents"] for item in items)}
    return {name: value for name, value in merged.items() if value is not None}
