"""The states of a ballot. Who may is said by the handling's table, of which these are the consequences."""

from puumerkki.handlings.models.handlings import BallotState
from puumerkki.kernel.workflow import ByItself, Workflow, transition

BALLOT: Workflow[BallotState] = Workflow(
    kind="ballot",
    states=BallotState,
    initial=BallotState.open,
    transitions=(
        transition("close", {BallotState.open}, BallotState.closed, {ByItself()}),
        transition("annul", {BallotState.open, BallotState.closed}, BallotState.annulled, {ByItself()}),
    ),
)
