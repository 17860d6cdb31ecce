"""Whether somebody may do what their "my work" asks of them: an action of the kind of task is allowed to them now."""

from collections.abc import Mapping

from puumerkki.wiring import ROOMS
from tests.factories import Client, World
from tests.tasks import Waits, tasks_of

_ALL = [task for room in ROOMS for task in room.tasks]
ACTIONS: Mapping[tuple[str, str], frozenset[str]] = {
    (subject, kind): frozenset(actions)
    for subject, kinds in {
        "handling": {
            "handling_to_review": ("begin_review", "return"),
            "handling_to_decide": ("record_reading", "open_ballot", "record_decision", "give_statement", "return"),
            "ballot_to_open": ("open_ballot", "record_reading"),
            "ballot_to_conclude": ("endorse", "decline", "reopen_review", "answer_condition", "annul_ballot"),
            "decision_to_confirm": ("confirm_decision",),
            "decision_to_answer": ("answer_decision",),
            "conditions_to_check": ("confirm_conditions", "take_new_version"),
            "claim_to_answer": ("answer_claim",),
            "claim_to_settle": ("settle_claim", "refuse_claim"),
            "standing_to_state": ("state_standing",),
            "recorded_votes_to_confirm": ("confirm_recorded",),
            "annulment_to_confirm": ("confirm_annulment", "drop_annulment"),
            "revocation_to_confirm": ("confirm_revocation", "drop_revocation"),
            "prolongation_to_confirm": ("confirm_prolongation", "drop_prolongation"),
            "view_to_state": ("state_view",),
        },
        "partner_request": {
            "partner_request_to_begin": ("begin",),
            "partner_request_to_prepare": ("propose", "ask_supplement"),
            "partner_request_to_decide": ("decide", "answer_none"),
            "proposal_to_confirm": ("decide", "hand_back", "answer_none"),
            "partner_request_to_look_at": ("keep", "reopen"),
            "supplement_to_answer": ("answer_supplement",),
        },
        "network_member": {
            "membership_invitation": ("accept", "refuse"),
            "membership_request": ("approve", "refuse"),
            "membership_brought_in": ("object",),
            "member_proposal_to_answer": ("state_view",),
            "member_proposal_to_confirm": ("confirm_proposal", "drop_proposal"),
        },
    }.items()
    for kind, actions in kinds.items()
}
"""Of the things that say what can be done with them."""
BESIDE: Mapping[str, str] = {
    "vote_to_cast": "a vote is no step of the handling; the walk itself compares who may vote",
    "revocation_to_vote": "as a vote",
    "handling_to_mend": "a new version is submitted in the application",
    "lead_to_choose": "whom to choose stands with the ties",
    "tie_to_answer": "a question about a tie has steps of its own",
    "tie_to_settle": "as an answer to it",
    "endorsement_ending": "something to think of, not to do",
    "proposal_handed_back": "why it was handed back is read",
}
"""Kinds on these things that none of their actions does, and why."""


async def not_doable(world: World, callers: list[Client]) -> list[str]:
    """Tasks of which no action is allowed to whoever they are for."""
    found = []
    for caller in callers:
        if caller.id is None:
            continue
        for one in await tasks_of(world.session, caller.id, _ALL):
            wanted = ACTIONS.get((one.subject_kind, one.kind))
            if wanted is None:
                continue
            answer = await caller.get(_path(one))
            said = {each["action"]: each for each in answer.json().get("available_actions", ())}
            if not any(name in said and said[name]["allowed"] for name in wanted):
                why = {name: each["blocked_by"] for name, each in said.items() if name in wanted}
                found.append(f"{caller.id}: {one.kind} of {_path(one)} ({answer.status_code}) is for them, but {why}")
    return found


def _path(one: Waits) -> str:
    if one.subject_kind == "network_member":
        return f"/networks/{one.network_id}/members/{one.subject_id}"
    return f"/{one.subject_kind.replace('_', '-')}s/{one.subject_id}"
