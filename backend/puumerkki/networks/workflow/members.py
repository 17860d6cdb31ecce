"""States and transitions of members."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from puumerkki.access.permissions import P
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition
from puumerkki.networks.errors import proposals as errors
from puumerkki.networks.models.networks import MemberState
from puumerkki.networks.models.proposals import ProposalKind
from puumerkki.networks.workflow.networks import OfNetworkFacts, network_not_closed
from puumerkki.organisations.errors.organisations import OrganisationUnconfirmed


@dataclass(frozen=True)
class MemberFacts(OfNetworkFacts):
    """What a member's steps depend on. `proposed`: what is proposed about it, by whom, and until when it is heard.

    `confirmed`: somebody said that the organisation is what it says.
    `second_person`: the actor is one for it; `has_second_person`: somebody is, also for what the actor would propose.
    `own`: who leads the network and is of the organisation. `may_object`: a list brought it in lately.
    """

    confirmed: bool = True
    votes: bool = True
    actor_id: UUID | None = None
    proposed: ProposalKind | None = None
    proposed_by: UUID | None = None
    hearing_until: datetime | None = None
    second_person: bool = False
    has_second_person: bool = True
    own: tuple[UUID, ...] = ()
    may_object: bool = False


def confirmed(facts: MemberFacts) -> PuumerkkiError | None:
    return None if facts.confirmed else OrganisationUnconfirmed()


def nothing_proposed(facts: MemberFacts) -> PuumerkkiError | None:
    return errors.ProposalOpen() if facts.proposed else None


def something_proposed(facts: MemberFacts) -> PuumerkkiError | None:
    return None if facts.proposed else errors.NothingProposed()


def has_vote(facts: MemberFacts) -> PuumerkkiError | None:
    return None if facts.votes else errors.HasNoVote()


def somebody_confirms(facts: MemberFacts) -> PuumerkkiError | None:
    return None if facts.has_second_person else errors.NobodyConfirms()


def one_admits(facts: MemberFacts) -> PuumerkkiError | None:
    """Nobody takes in alone what is theirs."""
    return errors.AdmissionNeedsTwo() if facts.own else None


def may_object(facts: MemberFacts) -> PuumerkkiError | None:
    return None if facts.may_object else errors.ObjectionOver()


def heard(facts: MemberFacts) -> PuumerkkiError | None:
    until = facts.hearing_until
    return None if until is None else errors.MemberNotHeard(possible_from=until.isoformat())


def second_person(facts: MemberFacts) -> PuumerkkiError | None:
    if facts.second_person:
        return None
    return errors.NotTheSecondPerson() if facts.has_second_person else errors.NobodyConfirms()


def proposer_or_second(facts: MemberFacts) -> PuumerkkiError | None:
    own = facts.actor_id is not None and facts.actor_id == facts.proposed_by
    return None if own or facts.second_person else errors.NotYourProposal()


LEADS = Grant(P.networks_lead, on="network_id")
FOR_THE_ORGANISATION = Grant(P.memberships_manage, on="organisation_id")
SECOND = {Grant(one, on="network_id") for one in (P.ballots_vote, P.handlings_confirm, P.handlings_record)}
"""Whose roles can make them a second person; whether they are one is a fact."""
PROPOSES = (network_not_closed, nothing_proposed, somebody_confirms)
ADMITS = (network_not_closed, confirmed, nothing_proposed, one_admits)
ASKS = (network_not_closed, confirmed, nothing_proposed, somebody_confirms)
CONFIRMS = (something_proposed, second_person, heard)

_M = MemberState
_ENDED = {_M.refused, _M.left, _M.removed}
MEMBER = Workflow(
    "network_member",
    MemberState,
    _M.invited,
    (
        transition("invite", _ENDED, _M.invited, {LEADS}, network_not_closed),
        transition("request", _ENDED, _M.requested, {FOR_THE_ORGANISATION}, network_not_closed),
        transition("accept", {_M.invited}, _M.requested, {FOR_THE_ORGANISATION}, *ASKS),
        transition("accept", {_M.invited}, _M.active, {FOR_THE_ORGANISATION}, *ADMITS),
        transition("approve", {_M.requested}, _M.requested, {LEADS}, *ASKS),
        transition("approve", {_M.requested}, _M.active, {LEADS}, *ADMITS),
        transition("refuse", {_M.invited}, _M.refused, {FOR_THE_ORGANISATION}),
        transition("refuse", {_M.requested}, _M.refused, {LEADS}),
        transition("object", {_M.active}, _M.left, {FOR_THE_ORGANISATION}, may_object),
        transition("leave", {_M.active, _M.leaving, _M.requested}, _M.left, {FOR_THE_ORGANISATION}),
        transition("remove", {_M.invited}, _M.removed, {LEADS}),
        transition("remove", {_M.active}, _M.active, {LEADS}, *PROPOSES),
        transition("take_vote", {_M.active}, _M.active, {LEADS}, has_vote, *PROPOSES),
        transition("state_view", {_M.active}, _M.active, {FOR_THE_ORGANISATION}, something_proposed),
        transition("confirm_proposal", {_M.requested}, _M.active, SECOND, network_not_closed, confirmed, *CONFIRMS),
        transition("confirm_proposal", {_M.active}, _M.leaving, SECOND, *CONFIRMS),
        transition("confirm_proposal", {_M.active}, _M.active, SECOND, *CONFIRMS),
        transition("drop_proposal", {_M.active}, _M.active, {LEADS, *SECOND}, something_proposed, proposer_or_second),
        transition(
            "drop_proposal", {_M.requested}, _M.requested, {LEADS, *SECOND}, something_proposed, proposer_or_second
        ),
        transition("end_removal", {_M.leaving}, _M.removed, {ByItself()}),
        transition("give_way", {_M.active, _M.leaving, _M.invited, _M.requested}, _M.left, {ByItself()}),
        transition("take_over", {_M.invited, _M.requested, _M.refused, _M.left}, _M.active, {ByItself()}),
        transition("take_over", {_M.invited, _M.requested, _M.refused, _M.left}, _M.requested, {ByItself()}),
    ),
)
"""`remove` and `take_vote` of a member propose it; a second person confirms. `leaving` votes on what came before.

Where somebody who leads the network is of the organisation, `approve` and `accept` propose to admit it. `give_way`,
`take_over`: of an archived member and of its successor, which is only requested where a second person admits it.
"""
