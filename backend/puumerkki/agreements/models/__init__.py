"""Tables of the room."""

from puumerkki.agreements.models.agreements import (
    Agreement,
    AgreementKind,
    AgreementParty,
    AgreementSignature,
    AgreementState,
    AgreementVersion,
)

__all__ = [
    "Agreement",
    "AgreementKind",
    "AgreementParty",
    "AgreementSignature",
    "AgreementState",
    "AgreementVersion",
]
