"""Who may see and do what, written by hand from the design's sections 5 and 6; it takes nothing from the product."""

from dataclasses import dataclass, field
from uuid import UUID

Grant = tuple[str, UUID, UUID | None]
"""A role, where, and for which member organisation it speaks."""

IN_AN_ORGANISATION = {"viewer", "editor", "owner", "signatory"}
IN_AN_AUTHORITY = {"officer", "decider", "registry"}
IN_A_NETWORK = {"representative", "deputy", "coordinator", "chair", "secretary", "observer"}
HAVE: dict[str, set[str]] = {
    "organisations:read": IN_AN_ORGANISATION | IN_AN_AUTHORITY,
    "organisations:update": {"editor", "owner"},
    "people:manage": {"owner"},
    "applications:read": IN_AN_ORGANISATION,
    "applications:write": {"editor"},
    "applications:submit": {"editor"},
    "applications:withdraw": {"owner"},
    "filings:write": {"editor"},
    "needs:raise": {"editor"},
    "calls:publish": {"editor", "officer"},
    "partner_requests:read": IN_AN_AUTHORITY,
    "partner_requests:prepare": {"officer"},
    "partner_requests:decide": {"decider"},
    "gate_policies:manage": {"decider"},
    "networks:read": IN_A_NETWORK,
    "networks:lead": {"coordinator"},
    "needs:agree": {"coordinator"},
    "meetings:record": {"coordinator", "chair", "secretary"},
    "handlings:read": IN_A_NETWORK,
    "handlings:lead": {"coordinator"},
    "handlings:record": {"secretary"},
    "threads:write": {"editor", "owner", "signatory", "officer", "decider", "registry"} | IN_A_NETWORK - {"observer"},
    "ballots:vote": {"representative", "deputy"},
}
"""What each role may, where it is held. Nobody's role reaches into another scope."""


@dataclass
class Somebody:
    """A person, a service account with its scopes, or nobody at all."""

    name: str
    grants: set[Grant] = field(default_factory=set)
    scopes: frozenset[str] | None = None
    anonymous: bool = False
    operator: bool = False

    def may(self, what: str, where: UUID) -> bool:
        if self.scopes is not None and what not in self.scopes:
            return False
        return any(role in HAVE[what] and scope == where for role, scope, _ in self.grants)

    def speaks(self, network: UUID, organisation: UUID) -> bool:
        return any(
            role in ("representative", "deputy") and (scope, voice) == (network, organisation)
            for role, scope, voice in self.grants
        )


@dataclass
class Application:
    applicant: UUID
    networks: tuple[UUID, ...]
    authorities: tuple[UUID, ...]


@dataclass
class Handling:
    application: UUID
    network: UUID


@dataclass
class Request:
    application: UUID
    authority: UUID
    asks: tuple[UUID, ...]
    """The networks whose mark the authority asked for when it arrived."""


@dataclass
class Need:
    network: UUID
    organisation: UUID
    agreed: bool = False


@dataclass
class Meeting:
    network: UUID


@dataclass
class Filing:
    application: UUID
    funder: UUID
    sent: bool = False


@dataclass
class Comment:
    need: UUID


Thing = Application | Handling | Request | Need | Meeting | Filing | Comment


@dataclass
class Model:
    """Everything that there is, by id."""

    applications: dict[UUID, Application] = field(default_factory=dict)
    handlings: dict[UUID, Handling] = field(default_factory=dict)
    requests: dict[UUID, Request] = field(default_factory=dict)
    needs: dict[UUID, Need] = field(default_factory=dict)
    meetings: dict[UUID, Meeting] = field(default_factory=dict)
    filings: dict[UUID, Filing] = field(default_factory=dict)
    comments: dict[UUID, Comment] = field(default_factory=dict)

    def sees(self, who: Somebody, thing: Thing) -> bool:
        """Whether somebody knows of a thing. What is public is seen by everybody, all else by its parties."""
        match thing:
            case Application(applicant=applicant):
                id_ = next(key for key, one in self.applications.items() if one is thing)
                reached = self._handles(who, id_) or self._is_asked(who, id_)
                return who.may("applications:read", applicant) or reached
            case Handling(application=application, network=network):
                return (
                    who.may("handlings:read", network)
                    or self._applies(who, application)
                    or self._is_asked(who, application)
                )
            case Request(application=application, authority=authority, asks=asks):
                return (
                    who.may("partner_requests:read", authority)
                    or self._applies(who, application)
                    or any(who.may("handlings:read", network) for network in asks)
                )
            case Need(network=network, organisation=organisation, agreed=agreed):
                return agreed or who.may("networks:read", network) or who.may("needs:raise", organisation)
            case Meeting(network=network):
                return who.may("networks:read", network)
            case Filing(application=application, funder=funder, sent=sent):
                handled = self._handles(who, application)
                others = who.may("calls:publish", funder) or handled or self._is_asked(who, application)
                return self._applies(who, application) or (sent and others)
            case Comment(need=need):
                return who.may("networks:read", self.needs[need].network)

    def asks(self, who: Somebody, application: UUID, network: UUID) -> bool:
        """Whether somebody who sees an application knows that it asks a network."""
        one = self.applications[application]
        told = who.may("applications:read", one.applicant) and network in one.networks
        return told or any(
            self.sees(who, handling)
            for handling in self.handlings.values()
            if (handling.application, handling.network) == (application, network)
        )

    def raised(self, who: Somebody, need: Need) -> bool:
        """Who raised a need may change it: its organisation's editor, or the member's voice."""
        return who.may("needs:raise", need.organisation) or who.speaks(need.network, need.organisation)

    def _applies(self, who: Somebody, application: UUID) -> bool:
        return who.may("applications:read", self.applications[application].applicant)

    def _handles(self, who: Somebody, application: UUID) -> bool:
        return any(
            who.may("handlings:read", one.network) for one in self.handlings.values() if one.application == application
        )

    def _is_asked(self, who: Somebody, application: UUID) -> bool:
        return any(
            who.may("partner_requests:read", one.authority)
            for one in self.requests.values()
            if one.application == application
        )
