"""The states of a need."""

from puumerkki.access.permissions import P
from puumerkki.kernel.workflow import Grant, Workflow, transition
from puumerkki.needs.models import NeedState

_COORDINATOR = {Grant(P.needs_agree, on="network_id")}

NEED = Workflow(
    "need",
    NeedState,
    NeedState.raised,
    (
        transition("agree", {NeedState.raised}, NeedState.agreed, _COORDINATOR),
        transition("begin", {NeedState.agreed}, NeedState.being_met, _COORDINATOR),
        transition("meet", {NeedState.being_met}, NeedState.met, _COORDINATOR),
        transition("drop", {NeedState.raised, NeedState.agreed, NeedState.being_met}, NeedState.dropped, _COORDINATOR),
        transition("reopen", {NeedState.met, NeedState.dropped}, NeedState.agreed, _COORDINATOR),
    ),
)
