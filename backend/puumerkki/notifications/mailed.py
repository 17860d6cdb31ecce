"""Which kinds of tasks their rooms write mails of themselves, and which are mailed whatever people choose."""

from puumerkki.notifications.models import Step

OPENING_MAILED = frozenset(
    {
        "agreement_record_to_confirm",
        "annulment_to_confirm",
        "archiving_to_answer",
        "ballot_to_open",
        "case_to_hand_over",
        "claim_to_answer",
        "co_applicant_to_answer",
        "decision_to_answer",
        "endorsement_ending",
        "gate_policy_coming",
        "host_to_answer",
        "lead_to_choose",
        "member_proposal_to_answer",
        "member_proposal_to_confirm",
        "membership_brought_in",
        "naming_to_answer",
        "naming_to_confirm",
        "network_change_to_answer",
        "network_decision_to_confirm",
        "network_decision_to_vote",
        "organisation_refused",
        "organisation_to_confirm",
        "partner_request_to_look_at",
        "prolongation_to_confirm",
        "proposal_handed_back",
        "proposal_to_confirm",
        "recorded_votes_to_confirm",
        "revocation_to_confirm",
        "standing_to_state",
        "successor_to_answer",
        "tie_to_answer",
        "tie_to_settle",
        "umbrella_to_check",
        "view_to_state",
    }
)
"""The room mails these in the transaction in which they open, with what the person needs to know."""
REMINDERS_MAILED = frozenset(
    {
        "agreement_contacts_to_check",
        "agreement_evaluation_due",
        "agreement_renewal_to_decide",
        "agreement_report_due",
        "agreement_to_confirm",
    }
)
"""Duties of agreements have ladders of their own, which also write to contacts without an account."""
ALWAYS = frozenset({"agreement_to_sign", "handling_to_mend", "report_to_mend", "supplement_to_answer", "vote_to_cast"})
"""They have a day after which something is lost, or a legal effect: nobody can turn them off."""


def by_room(kind: str, step: Step) -> bool:
    """Whether the mail of this step of a task is its room's."""
    return kind in REMINDERS_MAILED or (kind in OPENING_MAILED and step == Step.opened)
