"""The states of a revocation. Who may is said by the handling's table, of which these are the consequences."""

from puumerkki.endorsements.models.revocations import RevocationState
from puumerkki.kernel.workflow import ByItself, Workflow, transition

REVOCATION: Workflow[RevocationState] = Workflow(
    kind="revocation",
    states=RevocationState,
    initial=RevocationState.open,
    transitions=(
        transition("carry", {RevocationState.open}, RevocationState.carried, {ByItself()}),
        transition("drop", {RevocationState.open}, RevocationState.dropped, {ByItself()}),
    ),
)
