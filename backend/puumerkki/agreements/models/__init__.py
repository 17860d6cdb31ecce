"""Tables of the room."""

from puumerkki.agreements.models.agreements import (
    IN_FORCE,
    IS_PUBLIC,
    RECORDED,
    RUNNING,
    Agreement,
    AgreementKind,
    AgreementParty,
    AgreementSignature,
    AgreementState,
    AgreementVersion,
    AgreementWithdrawal,
    VersionStatus,
)
from puumerkki.agreements.models.duties import AgreementDuty, DutyKind, DutyState
from puumerkki.agreements.models.records import AgreementRecordAnswer, RecordAnswer
from puumerkki.agreements.models.templates import AgreementTemplate

__all__ = [
    "IN_FORCE",
    "IS_PUBLIC",
    "RECORDED",
    "RUNNING",
    "Agreement",
    "AgreementDuty",
    "AgreementKind",
    "AgreementParty",
    "AgreementRecordAnswer",
    "AgreementSignature",
    "AgreementState",
    "AgreementTemplate",
    "AgreementVersion",
    "AgreementWithdrawal",
    "DutyKind",
    "DutyState",
    "RecordAnswer",
    "VersionStatus",
]
