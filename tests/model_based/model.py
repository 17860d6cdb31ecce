"""Who may see and do what, written by hand from the design's sections 5 and 6; it takes nothing from the product."""

from dataclasses import dataclass, field
from uuid import UUID

from tests.model_based.entities import (
    Application,
    Comment,
    Filing,
    Handling,
    Meeting,
    Need,
    Policy,
    Request,
    Thing,
    Version,
)
from tests.model_based.people import Somebody


@dataclass
class Known:
    """Everything that there is, by id. `members`: the organisations of each network; `now`: the walk's step.

    `newcomers`: organisations that nobody has confirmed.
    """

    applications: dict[UUID, Application] = field(default_factory=dict)
    handlings: dict[UUID, Handling] = field(default_factory=dict)
    requests: dict[UUID, Request] = field(default_factory=dict)
    needs: dict[UUID, Need] = field(default_factory=dict)
    meetings: dict[UUID, Meeting] = field(default_factory=dict)
    filings: dict[UUID, Filing] = field(default_factory=dict)
    comments: dict[UUID, Comment] = field(default_factory=dict)
    policies: dict[UUID, Policy] = field(default_factory=dict)
    members: dict[UUID, set[UUID]] = field(default_factory=dict)
    people: list[Somebody] = field(default_factory=list)
    newcomers: set[UUID] = field(default_factory=set)
    now: int = 0

    def version(self, thing: Handling | Request) -> Version:
        """The frozen version that a case is on."""
        return self.applications[thing.application].versions[thing.version - 1]

    def handled(self, application: UUID) -> list[Handling]:
        return [one for one in self.handlings.values() if one.application == application]

    def asked(self, application: UUID) -> list[Request]:
        return [one for one in self.requests.values() if one.application == application]

    def tied(self, who: Somebody, application: UUID) -> bool:
        """Rules 1 and 11: to whoever is or was an applicant of a frozen version."""
        one = self.applications[application]
        return who.bound_to(one.binding, one.begun)

    def sees(self, who: Somebody, thing: Thing) -> bool:
        """Whether somebody knows of a thing. What is public is seen by everybody, all else by its parties."""
        match thing:
            case Application():
                id_ = next(key for key, one in self.applications.items() if one is thing)
                return self.applies(who, id_) or self._handles(who, id_) or self._is_asked(who, id_)
            case Handling(application=application, network=network):
                return (
                    who.may("handlings:read", network)
                    or self.applies(who, application)
                    or self._is_asked(who, application)
                )
            case Request(application=application, authority=authority):
                return (
                    who.may("partner_requests:read", authority)
                    or self.applies(who, application)
                    or any(who.may("handlings:read", network) for network in self._got(thing))
                )
            case Need(network=network, organisation=organisation, agreed=agreed):
                return agreed or who.may("networks:read", network) or who.may("needs:raise", organisation)
            case Meeting(network=network):
                return who.may("networks:read", network)
            case Filing(application=application, funder=funder, sent=sent):
                handled = self._handles(who, application)
                others = who.may("calls:publish", funder) or handled or self._is_asked(who, application)
                return self.edits_with(who, application) or (sent and others)
            case Comment(need=need):
                return who.may("networks:read", self.needs[need].network)

    def asks(self, who: Somebody, application: UUID, network: UUID) -> bool:
        """Whether somebody who sees an application knows that it asks a network."""
        told = self.edits_with(who, application) and network in self.applications[application].networks
        return told or any(self.sees(who, one) for one in self.handled(application) if one.network == network)

    def raised(self, who: Somebody, need: Need) -> bool:
        """Who raised a need may change it: its organisation's editor, or the member's voice."""
        return who.may("needs:raise", need.organisation) or who.speaks(need.network, need.organisation)

    def edits_with(self, who: Somebody, application: UUID) -> bool:
        """Whether somebody sees the working copy."""
        return any(who.may("applications:read", one) for one in self.applications[application].readers)

    def applies(self, who: Somebody, application: UUID) -> bool:
        """Rule 1: the readers of the working copy, and of every frozen version."""
        one = self.applications[application]
        return any(who.may("applications:read", organisation) for organisation in one.readers | one.frozen)

    def _got(self, request: Request) -> set[UUID]:
        """Rule 10: of the networks that its rows name, those that handle the application and got this version."""
        named = {network for policy in request.rows for network in self.policies[policy].networks}
        return {
            one.network
            for one in self.handled(request.application)
            if one.network in named and one.version >= request.version
        }

    def _handles(self, who: Somebody, application: UUID) -> bool:
        return any(who.may("handlings:read", one.network) for one in self.handled(application))

    def _is_asked(self, who: Somebody, application: UUID) -> bool:
        return any(who.may("partner_requests:read", one.authority) for one in self.asked(application))
