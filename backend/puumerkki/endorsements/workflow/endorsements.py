"""The states of an endorsement. Who may is said by the handling's table, of which these are the consequences."""

from puumerkki.endorsements.models.endorsements import EndorsementState
from puumerkki.kernel.workflow import ByItself, Workflow, transition

ENDORSEMENT: Workflow[EndorsementState] = Workflow(
    kind="endorsement",
    states=EndorsementState,
    initial=EndorsementState.valid,
    transitions=(
        transition("supersede", {EndorsementState.valid}, EndorsementState.superseded, {ByItself()}),
        transition("revoke", {EndorsementState.valid}, EndorsementState.revoked, {ByItself()}),
    ),
)
