"""The task of a party that has not signed the newest version yet."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, func
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.agreements.models import (
    RUNNING,
    Agreement,
    AgreementParty,
    AgreementSignature,
    AgreementState,
    AgreementVersion,
)
from puumerkki.kernel import clock
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.tasks import PassesOn, Task, waits

DAYS_TO_SIGN = 30
"""Within how many days a version is hoped to be signed, unless another day was given."""


def sign_by(version: AgreementVersion) -> date:
    """The last day to sign a version; `_to_sign` says the same in SQL."""
    return version.sign_by or clock.day_of(version.created_at) + timedelta(days=DAYS_TO_SIGN)


def _to_sign() -> Select[Any]:
    """Versions that a party has not signed, which is hoped for within `DAYS_TO_SIGN`."""
    party = aliased(AgreementParty)
    signed = exists().where(
        col(AgreementSignature.agreement_id) == col(Agreement.id),
        col(AgreementSignature.organisation_id) == col(party.organisation_id),
        col(AgreementSignature.version_number) == col(Agreement.current_version),
    )
    own, since = col(party.organisation_id), col(AgreementVersion.created_at)
    due_on = func.coalesce(col(AgreementVersion.sign_by), days_after(since, DAYS_TO_SIGN))
    columns = waits(col(Agreement.id), scope_id=own, organisation_id=own, due_on=due_on, since=since)
    return (
        core_select(*columns)
        .select_from(Agreement)
        .join(party, col(party.agreement_id) == col(Agreement.id))
        .join(
            AgreementVersion,
            and_(
                col(AgreementVersion.agreement_id) == col(Agreement.id),
                col(AgreementVersion.number) == col(Agreement.current_version),
            ),
        )
        .where(
            col(Agreement.state).in_((AgreementState.proposed, *RUNNING)),
            col(Agreement.current_version).is_distinct_from(col(Agreement.version_in_force)),
            ~signed,
            col(party.last_version).is_(None),
            col(party.after_version) < col(Agreement.current_version),
        )
    )


TO_SIGN = Task(
    kind="agreement_to_sign",
    subject="agreement",
    permissions=(P.agreements_sign,),
    rows=_to_sign,
    passes_on=(PassesOn(14, (Role.owner,)),),
)
