"""What people page through. PostgreSQL builds the JSON."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    literal_column,
    or_,
)
from sqlalchemy.dialects.postgresql import ARRAY, REGCONFIG, array
from sqlalchemy.types import Date, Uuid
from sqlmodel import col, select

from puumerkki.access.actor import Caller, granted
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import REPRESENTATIVES, Role
from puumerkki.identity.models import User
from puumerkki.kernel.reads.listings import PUBLIC, Filter, Join, Listing, Sort
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, Rulebook, RulebookAcceptance, Seat
from puumerkki.networks.queries.blocs import shares_with
from puumerkki.networks.queries.participation import now_of, takes_part, today_of
from puumerkki.networks.queries.readable import member_readable, of_member, rulebook_readable
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.reference.models import Municipality

_FINNISH = cast(literal_column("'finnish'"), REGCONFIG)


def _matches(words: Any) -> ColumnElement[bool]:
    """By stems, or as a part of a name; `words` are in lower case."""
    text = col(Network.search_text)
    stems = func.to_tsvector(literal_column("'finnish'"), text).op("@@")(func.websearch_to_tsquery(_FINNISH, words))
    return or_(stems, func.strpos(text, words) > 0)


def _one(code: Any) -> ColumnElement[Any]:
    return cast(array([code]), ARRAY(Text()))


def _covers(code: Any) -> ColumnElement[bool]:
    """The municipality itself, or the county that it lies in."""
    by_county = exists().where(
        col(Municipality.code) == code,
        col(Network.wellbeing_county_codes).contains(_one(col(Municipality.wellbeing_county_code))),
    )
    return or_(col(Network.municipality_codes).contains(_one(code)), by_county)


def _has_member(organisation_id: Any) -> ColumnElement[bool]:
    return exists().where(
        col(NetworkMember.network_id) == col(Network.id),
        col(NetworkMember.organisation_id) == organisation_id,
        col(NetworkMember.state) == MemberState.active,
    )


NETWORKS = Listing(
    name="networks",
    readable=PUBLIC,
    item={
        "id": col(Network.id),
        "names": col(Network.names),
        "kind": col(Network.kind),
        "state": col(Network.state),
        "decides": col(Network.decides),
        "prefix": col(Network.prefix),
        "theme": col(Network.theme),
        "municipality_codes": col(Network.municipality_codes),
        "wellbeing_county_codes": col(Network.wellbeing_county_codes),
        "target_groups": col(Network.target_groups),
        "ends_on": col(Network.ends_on),
        "created_at": col(Network.created_at),
        "version": col(Network.version),
    },
    source=lambda select: select.select_from(Network),
    sorts={
        "name": Sort((col(Network.sort_key), col(Network.id))),
        "-created_at": Sort((col(Network.created_at), col(Network.id)), descending=True),
    },
    filters={
        "q": Filter(by=_matches, type_=Text()),
        "kind": Filter(col(Network.kind)),
        "state": Filter(col(Network.state)),
        "municipality": Filter(by=_covers, type_=Text()),
        "target_group": Filter(
            by=lambda code: col(Network.target_groups).contains(_one(code)),
            type_=Text(),
        ),
        "member": Filter(by=_has_member, type_=Uuid()),
    },
)


_ITS_ORGANISATION = Join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))


MEMBER_ITEM: Mapping[str, Any] = {
    "id": col(NetworkMember.id),
    "network_id": col(NetworkMember.network_id),
    "organisation_id": col(NetworkMember.organisation_id),
    "organisation_names": col(Organisation.names),
    "state": col(NetworkMember.state),
    "votes": col(NetworkMember.votes),
    "takes_part": takes_part(today_of()),
    "shares_with": shares_with(now_of()),
    "joined_at": col(NetworkMember.joined_at),
    "ended_at": col(NetworkMember.ended_at),
    "end_reason": col(NetworkMember.end_reason),
    "version": col(NetworkMember.version),
}
MEMBERS = Listing(
    name="network_members",
    item=MEMBER_ITEM,
    source=lambda select: select.select_from(NetworkMember),
    display=(_ITS_ORGANISATION,),
    sorts={"name": Sort((col(Organisation.sort_key), col(NetworkMember.id)))},
    readable=member_readable,
    filters={"network": Filter(col(NetworkMember.network_id)), "state": Filter(col(NetworkMember.state))},
)


def _people(statement: Select[Any]) -> Select[Any]:
    return (
        statement.select_from(RoleGrant)
        .join(User, col(User.id) == col(RoleGrant.principal_id))
        .where(or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > now_of()))
    )


_PERSON: Mapping[str, Any] = {
    "principal_id": col(RoleGrant.principal_id),
    "name": col(User.name),
    "role": col(RoleGrant.role),
    "since": col(RoleGrant.created_at),
}


def _of_the_house(caller: Caller) -> ColumnElement[bool]:
    """Officers are known to the network, and to the operators who name the first of them."""
    if caller.anonymous:
        return false()
    network = granted(P.networks_read, on=col(RoleGrant.scope_id), caller=caller)
    return or_(network, granted(P.networks_create, on=None, caller=caller))


def _of_the_member(caller: Caller) -> ColumnElement[bool]:
    if caller.anonymous:
        return false()
    return of_member(col(RoleGrant.scope_id), col(RoleGrant.for_organisation_id), caller)


_BY_ROLE = {"role": Sort((col(RoleGrant.role), col(RoleGrant.id)))}
OFFICERS = Listing(
    name="network_officers",
    item={**_PERSON, "chosen_by": col(RoleGrant.chosen_by)},
    source=lambda select: _people(select).where(
        col(RoleGrant.role).in_([Role.coordinator, Role.chair, Role.secretary, Role.observer])
    ),
    sorts=_BY_ROLE,
    readable=_of_the_house,
    filters={"network": Filter(col(RoleGrant.scope_id))},
)
MEMBER_PEOPLE = Listing(
    name="network_member_people",
    item=_PERSON,
    source=lambda select: _people(select).where(col(RoleGrant.role).in_(REPRESENTATIVES)),
    sorts=_BY_ROLE,
    readable=_of_the_member,
    filters={
        "network": Filter(col(RoleGrant.scope_id)),
        "organisation": Filter(col(RoleGrant.for_organisation_id)),
    },
)


def _seats_readable(caller: Caller) -> ColumnElement[bool]:
    if caller.anonymous:
        return false()
    return granted(P.networks_read, on=col(Seat.network_id), caller=caller)


def _name_of(principal_id: Any) -> Any:
    return select(col(User.name)).where(col(User.id) == principal_id).scalar_subquery()


SEATS = Listing(
    name="network_seats",
    item={
        "id": col(Seat.id),
        "network_id": col(Seat.network_id),
        "theme": col(Seat.theme),
        "principal_id": col(Seat.principal_id),
        "deputy_principal_id": col(Seat.deputy_principal_id),
        "organisation_id": col(Seat.organisation_id),
        "term_starts_on": col(Seat.term_starts_on),
        "term_ends_on": col(Seat.term_ends_on),
        "principal_name": _name_of(col(Seat.principal_id)),
        "deputy_name": _name_of(col(Seat.deputy_principal_id)),
        "version": col(Seat.version),
    },
    source=lambda select: select.select_from(Seat),
    sorts={"term": Sort((col(Seat.term_starts_on), col(Seat.id)), descending=True)},
    readable=_seats_readable,
    filters={
        "network": Filter(col(Seat.network_id)),
        "on": Filter(by=lambda day: and_(col(Seat.term_starts_on) <= day, col(Seat.term_ends_on) >= day), type_=Date()),
    },
)
RULEBOOKS = Listing(
    name="rulebooks",
    item={
        "id": col(Rulebook.id),
        "network_id": col(Rulebook.network_id),
        "number": col(Rulebook.number),
        "state": col(Rulebook.state),
        "in_force_at": col(Rulebook.in_force_at),
        "accept_by": col(Rulebook.accept_by),
        "version": col(Rulebook.version),
    },
    source=lambda select: select.select_from(Rulebook),
    sorts={"-number": Sort((col(Rulebook.number), col(Rulebook.id)), descending=True)},
    readable=rulebook_readable,
    filters={"network": Filter(col(Rulebook.network_id)), "state": Filter(col(Rulebook.state))},
)


def _acceptances_readable(caller: Caller) -> ColumnElement[bool]:
    if caller.anonymous:
        return false()
    return of_member(col(NetworkMember.network_id), col(NetworkMember.organisation_id), caller)


ACCEPTANCES = Listing(
    name="rulebook_acceptances",
    item={
        "member_id": col(RulebookAcceptance.member_id),
        "organisation_id": col(NetworkMember.organisation_id),
        "organisation_names": col(Organisation.names),
        "accepted_by": col(RulebookAcceptance.accepted_by),
        "accepted_at": col(RulebookAcceptance.created_at),
    },
    source=lambda select: select.select_from(RulebookAcceptance),
    display=(
        Join(NetworkMember, col(NetworkMember.id) == col(RulebookAcceptance.member_id)),
        _ITS_ORGANISATION,
    ),
    sorts={"name": Sort((col(Organisation.sort_key), col(RulebookAcceptance.id)))},
    readable=_acceptances_readable,
    filters={"rulebook": Filter(col(RulebookAcceptance.rulebook_id))},
)
