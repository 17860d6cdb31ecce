"""States of a proposal about a member: each step of the member's own workflow ends it."""

from puumerkki.kernel.workflow import ByItself, Workflow, transition
from puumerkki.networks.models.proposals import ProposalState

PROPOSAL: Workflow[ProposalState] = Workflow(
    kind="member_proposal",
    states=ProposalState,
    initial=ProposalState.open,
    transitions=(
        transition("carry", {ProposalState.open}, ProposalState.carried, {ByItself()}),
        transition("drop", {ProposalState.open}, ProposalState.dropped, {ByItself()}),
    ),
)
