"""The states of a need."""

from puumerkki.access.permissions import P
from puumerkki.kernel.workflow import Grant, Workflow, t
from puumerkki.needs.models import NeedState

_COORDINATOR = {Grant(P.needs_agree, on="network_id")}

NEED = Workflow(
    "need",
    NeedState,
    NeedState.raised,
    (
        t("agree", {NeedState.raised}, NeedState.agreed, _COORDINATOR),
        t("begin", {NeedState.agreed}, NeedState.being_met, _COORDINATOR),
        t("meet", {NeedState.being_met}, NeedState.met, _COORDINATOR),
        t("drop", {NeedState.raised, NeedState.agreed, NeedState.being_met}, NeedState.dropped, _COORDINATOR),
        t("reopen", {NeedState.met, NeedState.dropped}, NeedState.agreed, _COORDINATOR),
    ),
)
