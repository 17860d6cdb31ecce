"""What anybody may see: facts of the version in force where it says so, and nothing of any other agreement."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, text, tuple_
from sqlalchemy import select as core_select
from sqlalchemy.types import Text, Uuid
from sqlmodel import col

from puumerkki.agreements.models import IN_FORCE, IS_PUBLIC, Agreement, AgreementVersion
from puumerkki.agreements.queries.agreements import in_force, parties_of
from puumerkki.agreements.queries.filters import has_party, has_theme, last_day
from puumerkki.agreements.queries.sums import put_in
from puumerkki.kernel.reads.listings import PUBLIC, Filter, Item, Listing, Sort, json_list
from puumerkki.kernel.reads.matching import contains


def _source(statement: Select[Any]) -> Select[Any]:
    allowed: ColumnElement[bool] = literal_column(f"agreement_version.{IS_PUBLIC}")
    return statement.select_from(AgreementVersion).join(Agreement, in_force()).where(allowed)


def _running(statement: Select[Any]) -> Select[Any]:
    return _source(statement).where(col(Agreement.state).in_(IN_FORCE))


def _amounts() -> ColumnElement[Any]:
    put = put_in().subquery()
    by = (put.c.organisation_id, put.c.year)
    sums = (
        core_select(*by, func.sum(put.c.cents).label("cents"), func.sum(put.c.hours).label("hours"))
        .where(put.c.agreement_id == col(Agreement.id))
        .group_by(*by)
        .correlate(Agreement)
        .subquery()
        .lateral()
    )
    item = {name: sums.c[name] for name in ("organisation_id", "year", "cents", "hours")}
    return core_select(json_list(item, order=tuple_(sums.c.year, sums.c.organisation_id))).scalar_subquery()


_LISTED = {
    "id": col(Agreement.id),
    "kind": col(Agreement.kind),
    "title": col(AgreementVersion.title),
    "language": col(Agreement.language),
    "starts_on": col(AgreementVersion.starts_on),
    "ends_on": last_day(),
    "parties": parties_of(ever=True),
    "target_groups": func.coalesce(col(AgreementVersion.content)["target_groups"], text("'[]'::jsonb")),
}

PUBLIC_AGREEMENTS = Listing(
    name="public_agreements",
    readable=PUBLIC,
    item=_LISTED,
    source=_running,
    sorts={
        "-created_at": Sort((col(AgreementVersion.created_at), col(AgreementVersion.id)), descending=True),
    },
    filters={
        "organisation": Filter(by=has_party, type_=Uuid()),
        "theme": Filter(by=has_theme, type_=Text()),
        "kind": Filter(col(Agreement.kind)),
        "q": Filter(by=lambda said: contains(col(AgreementVersion.title), said), type_=Text()),
    },
)
PUBLIC_AGREEMENT = Item(
    name="public_agreement",
    readable=PUBLIC,
    item={
        **_LISTED,
        "state": col(Agreement.state),
        "version_number": col(AgreementVersion.number),
        "purpose": col(AgreementVersion.content)["purpose"],
        "amounts": _amounts(),
    },
    source=_source,
    key=col(Agreement.id),
)
