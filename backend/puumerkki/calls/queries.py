"""Reads of calls: published ones are public, and a cancelled one stays so; drafts are the funder's."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, case, func, literal, or_
from sqlalchemy import bindparam as bind
from sqlalchemy.types import Text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, granted
from puumerkki.access.permissions import P
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.reads.listings import Filter, Join, Listing, Sort
from puumerkki.kernel.reads.matching import names_contain
from puumerkki.kernel.subjects import Subject, readable_row
from puumerkki.organisations.models.organisations import Organisation

COLUMNS = (
    "id",
    "funder_id",
    "names",
    "programme",
    "descriptions",
    "website",
    "opens_at",
    "closes_at",
    "total_cents",
    "min_cents",
    "max_cents",
    "legal_forms",
    "partner_required",
    "state",
    "created_at",
    "updated_at",
    "version",
)


def _phase() -> ColumnElement[Any]:
    """Where a call is in time, at the moment of the read."""
    at = bind("caller_now", clock.now(), type_=Moment)
    return case(
        (col(FundingCall.opens_at) > at, literal("coming")),
        (col(FundingCall.closes_at) > at, literal("open")),
        else_=literal("past"),
    )


def is_public() -> ColumnElement[bool]:
    """SQL: the call has been published."""
    return or_(col(FundingCall.state) == CallState.published, col(FundingCall.published_at).is_not(None))


def readable_call(caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller may read the call."""
    if caller.anonymous:
        return is_public()
    return or_(is_public(), granted(P.calls_publish, on=col(FundingCall.funder_id), caller=caller))


def sees_call(key: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller works for the funder of the call with this id."""
    call = FundingCall.__table__.alias()  # type: ignore[attr-defined]
    return (
        select(call.c.id).where(call.c.id == key, granted(P.calls_publish, on=call.c.funder_id, caller=caller)).exists()
    )


CALLS = Listing(
    name="calls",
    item={name: col(getattr(FundingCall, name)) for name in COLUMNS} | {"funder_names": col(Organisation.names)},
    source=lambda select: select.select_from(FundingCall),
    display=(Join(Organisation, col(Organisation.id) == col(FundingCall.funder_id)),),
    readable=readable_call,
    sorts={
        "closes_at": Sort((col(FundingCall.closes_at), col(FundingCall.id))),
        "-closes_at": Sort((col(FundingCall.closes_at), col(FundingCall.id)), descending=True),
        "-created_at": Sort((col(FundingCall.created_at), col(FundingCall.id)), descending=True),
    },
    filters={
        "q": Filter(
            by=lambda text: or_(
                names_contain(col(FundingCall.names), text), names_contain(col(FundingCall.programme), text)
            ),
            type_=Text(),
        ),
        "funder": Filter(col(FundingCall.funder_id)),
        "opens_before": Filter(by=lambda at: col(FundingCall.opens_at) < at, type_=Moment),
        "closes_after": Filter(by=lambda at: col(FundingCall.closes_at) > at, type_=Moment),
        "phase": Filter(by=lambda value: _phase() == value, type_=Text()),
        "state": Filter(col(FundingCall.state)),
        "legal_form": Filter(
            by=lambda form: or_(
                func.cardinality(col(FundingCall.legal_forms)) == 0,
                form == any_(col(FundingCall.legal_forms)),
            ),
            type_=Text(),
        ),
    },
)


def open_on(day: date | None) -> dict[str, datetime | None]:
    """The filters for calls that are open at some moment of a day in Finland."""
    if day is None:
        return {}
    return {"opens_before": clock.end_of_day(day), "closes_after": clock.end_of_day(day - timedelta(days=1))}


async def _title(session: AsyncSession, call_id: UUID) -> dict[str, str]:
    return dict((await session.get_one(FundingCall, call_id)).names)


SUBJECT = Subject(
    kind="funding_call",
    readable=lambda caller: select(FundingCall.id).where(readable_call(caller)),
    audiences={"parties": sees_call, "applicants": sees_call},
    title=_title,
)


async def call(session: AsyncSession, caller: Caller, call_id: UUID, *, for_update: bool = False) -> FundingCall:
    """A call that the caller may read, or NotFound."""
    return await readable_row(session, caller, SUBJECT, FundingCall, call_id, for_update=for_update)


async def require_call(session: AsyncSession, call_id: UUID, *, pointer: str) -> FundingCall:
    """A published call that an application or filing may name; Invalid for anything else."""
    found = await session.get(FundingCall, call_id)
    if found is None or (found.state != CallState.published and found.published_at is None):
        raise invalid(pointer, "call_unknown", "There is no published call with this id.")
    return found
