"""What somebody may do with a handling."""

from typing import Literal

from typing_extensions import TypeAliasType

HandlingAction = TypeAliasType(
    "HandlingAction",
    Literal[
        "begin_review",
        "return",
        "ask_for_ballot",
        "record_reading",
        "open_ballot",
        "close_ballot",
        "answer_condition",
        "confirm_recorded",
        "state_standing",
        "endorse",
        "decline",
        "reopen_review",
        "annul_ballot",
        "confirm_annulment",
        "drop_annulment",
        "record_decision",
        "confirm_decision",
        "answer_decision",
        "give_statement",
        "confirm_conditions",
        "answer_claim",
        "settle_claim",
        "refuse_claim",
        "drop_claim",
        "take_new_version",
        "revoke_by_ballot",
        "revoke_by_meeting",
        "revoke_for_cause",
        "state_view",
        "confirm_revocation",
        "drop_revocation",
        "prolong",
        "confirm_prolongation",
        "drop_prolongation",
        "ask_again",
    ],
)
