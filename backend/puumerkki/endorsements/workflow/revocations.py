"""The states of a revocation. Who may is said by the handling's table, of which these are the consequences."""

from puumerkki.endorsements.models.revocations import RevocationState
from puumerkki.kernel.workflow import ByItself, Workflow, t

REVOCATION: Workflow[RevocationState] = Workflow(
    kind="revocation",
    states=RevocationState,
    initial=RevocationState.open,
    transitions=(
        t("carry", {RevocationState.open}, RevocationState.carried, {ByItself()}),
        t("drop", {RevocationState.open}, RevocationState.dropped, {ByItself()}),
    ),
)
