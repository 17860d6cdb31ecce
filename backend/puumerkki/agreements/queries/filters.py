"""By what agreements are looked for: conditions over `agreement` and `agreement_version`, its version in force."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.agreements.models import RUNNING, Agreement, AgreementParty, AgreementVersion
from puumerkki.agreements.schemas.agreements import AgreementFilters


def last_day() -> ColumnElement[Any]:
    """The day after which it runs no more."""
    return func.least(col(AgreementVersion.ends_on), col(Agreement.ended_on))


def runs_between(first_year: Any, last_year: Any) -> ColumnElement[bool]:
    """It runs on a day of these years."""
    return and_(
        col(AgreementVersion.starts_on) <= func.make_date(last_year, 12, 31),
        last_day() >= func.make_date(first_year, 1, 1),
    )


def has_theme(code: Any) -> ColumnElement[bool]:
    """What is in force names a target group."""
    found: ColumnElement[bool] = col(AgreementVersion.content)["target_groups"].has_key(code)
    return found


def ends_by(day: Any) -> ColumnElement[bool]:
    """It still runs, and ends on this day or before."""
    return and_(col(Agreement.state).in_(RUNNING), last_day() <= day)


def has_party(organisation_id: Any) -> ColumnElement[bool]:
    """The organisation is a party."""
    party = aliased(AgreementParty)
    return col(Agreement.id).in_(
        core_select(col(party.agreement_id)).where(col(party.organisation_id) == organisation_id)
    )


def filters_of(query: AgreementFilters) -> dict[str, Any]:
    """What a list is asked for."""
    return {name: getattr(query, name) or None for name in AgreementFilters.model_fields}
