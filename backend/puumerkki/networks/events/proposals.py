"""What happens with a proposal about a member."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Tier
from puumerkki.networks.events.networks import MemberEvent
from puumerkki.networks.models.proposals import ProposalKind


@dataclass(frozen=True, kw_only=True)
class MemberProposed(MemberEvent):
    """To admit it, to remove it, or to take its vote; who would lose something is heard for seven days."""

    type = "member.proposed"
    tier = Tier.network

    kind: ProposalKind


@dataclass(frozen=True, kw_only=True)
class MemberViewStated(MemberEvent):
    type = "member.view_stated"
    tier = Tier.network


@dataclass(frozen=True, kw_only=True)
class MemberProposalCarried(MemberEvent):
    """A second person confirmed it: it holds for all versions that arrive from now on."""

    type = "member.proposal_carried"
    tier = Tier.network

    kind: ProposalKind


@dataclass(frozen=True, kw_only=True)
class MemberProposalDropped(MemberEvent):
    type = "member.proposal_dropped"
    tier = Tier.network

    kind: ProposalKind
