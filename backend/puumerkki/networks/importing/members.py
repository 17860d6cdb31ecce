"""A network's members from a file: organisations that are there, found by id, by number, else by name.

They are invited, and each decides by itself. Only the operator's command, while the network is forming, makes them
members at once: each is told by which list, and can object for fourteen days. Who is in the network in whatever state
keeps it; the list gives a vote, and takes none.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from pydantic import model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.cell_types import YES_NO, SheetDay, meaning, row_fault
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import (
    Check,
    NotImportable,
    Sheet,
    Staged,
    Undo,
    both,
    compare,
    given,
    headings_of,
    lock,
    twice,
)
from puumerkki.kernel import clock
from puumerkki.kernel.field_types import Line, Schema
from puumerkki.networks.events.networks import MemberChanged, MemberInvited, MemberJoined, MembershipWithdrawn
from puumerkki.networks.models.networks import MemberState
from puumerkki.networks.service.brought_in import tell_brought_in
from puumerkki.organisations.importing import mentions
from puumerkki.organisations.importing.candidates import CALLED
from puumerkki.organisations.rules import BusinessId, RegisterNumber

SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            "organisation_id": "organisationid organisaatiotunnus organisaationid organisaatioid organisationsid",
            "business_id": "businessid ytunnus fonummer yritystunnus yritysjayhteisotunnus yhteisotunnus"
            " yhdistyksenytunnus fonr organisationsnummer",
            "association_register_number": "associationregisternumber registernumber rekisterinumero"
            " yhdistysrekisterinumero foreningsregisternummer rekisterinro yhdistysrekisterinro"
            " yhdistyksenrekisterinumero yhdistysnumero rekno rnro prhnumero foreningsregisternr registernummer"
            " registreringsnummer reknro reknr rekisterinr yhdreknro yhdreknr yhdrekno",
            "name": "name namefi nimi organisaatio jarjesto yhdistys jasen namn medlem member nimisuomeksi"
            " namesv organisaationnimi jarjestonnimi yhdistyksennimi jasenennimi jasenyhdistys"
            " jasenjarjesto jasenorganisaatio seura yhteiso toimija toimijannimi organisation"
            " organisationensnamn forening foreningensnamn medlemsorganisation medlemsforening"
            " memberorganisation",
            "votes": "votes vote aanestaa aani aanioikeus rostratt aanivalta aanestaja aanestysoikeus"
            " onkoaanioikeus rostberattigad harrostratt",
            "joined_on": "joinedon joined liittyi liittynyt jasenyysalkoi anslutensedan liittymispaiva liittymispvm"
            " jasenyydenalku jasenalkaen jasenyysalkaen anslutningsdatum anslutendatum medlemsedan"
            " membersince",
        }
    )
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "organisation_id": "organisation_id_expected",
        "business_id": "business_id_expected",
        "association_register_number": "register_number_expected",
        "name": "name_expected",
        "votes": "yes_or_no_expected",
        "joined_on": "past_day_expected",
        "state": "member_state_expected",
    }
)
BY = ("organisation_id", "business_id", "association_register_number", "name")
"""How an organisation is named, the surest way first."""


_NETWORK_OPEN = "select state from network where id = %(network)s::uuid for update"


async def open_network(staged: Staged) -> None:
    """Lock the network: nothing comes into one that is closed."""
    found = await (await staged.connection.execute(_NETWORK_OPEN.encode(), staged.values)).fetchone()
    if found is None:
        raise NotImportable("network_unknown")
    if found[0] == "closed":
        raise NotImportable("network_closed")


class MemberRow(Schema):
    """A good row."""

    organisation_id: UUID | None = None
    business_id: BusinessId | None = None
    association_register_number: RegisterNumber | None = None
    name: Line | None = None
    votes: Annotated[bool | None, meaning(YES_NO)] = None
    joined_on: SheetDay | None = None
    state: MemberState | None = None
    """As a list from here has it: by it a member that has left is told from one that is to be invited."""

    @model_validator(mode="after")
    def _whole(self) -> "MemberRow":
        if all(getattr(self, name) is None for name in BY):
            raise row_fault("name", "organisation_needed")
        if self.joined_on is not None and self.joined_on > clock.today():
            raise row_fault("joined_on", EXPECTED["joined_on"])
        return self


def _cells(row: MemberRow) -> tuple[Any, ...]:
    return (
        row.organisation_id,
        row.business_id,
        row.association_register_number,
        row.name,
        *mentions.cells_of(row.name)[1:],
        row.votes,
        row.joined_on,
        row.state,
    )


def _first(name: str) -> str:
    """SQL: this is how the row names its organisation."""
    before = [f"i.{one} is null" for one in BY[: BY.index(name)]]
    return " and ".join([f"i.{name} is not null", *before])


_MENTION = (
    "insert into import_mention (row, given_id, business_id, association_register_number, name, plain, place)"
    " select row, organisation_id, business_id, association_register_number, name, plain, town from import_row"
)
_DECIDED = (
    "update import_mention m set found = o.id, differs = false from import_decision d"
    " join organisation o on o.id = d.same_id and o.state = 'active' where d.row = m.row and d.decision = 'same'"
)
_FOUND = "update import_row i set member_id = m.found from import_mention m where m.row = i.row"
_UNKNOWN: tuple[Check, ...] = tuple(
    (
        name,
        "organisation_not_found",
        f"select i.row, i.{name}::text, null::int from import_row i where member_id is null and {_first(name)}",
    )
    for name in BY
)
_NAMED = "coalesce(name, business_id, association_register_number, organisation_id::text)"
_TWICE = twice("name", _NAMED, fault="organisation_twice", keys="member_id", condition="true")
_MATCH = (
    "update import_row i set target_id = m.id from network_member m"
    " where m.network_id = %(network)s::uuid and m.organisation_id = i.member_id"
)
_ENDED: Check = (
    "name",
    "membership_ended",
    f"select i.row, {_NAMED.replace('organisation_id', 'i.organisation_id')}, null::int from import_row i"
    " left join network_member m on m.id = i.target_id where (m.state in ('refused', 'left', 'removed')"
    " and m.state is distinct from i.state) or (m.id is null and i.state in ('refused', 'left', 'removed'))",
)
_TAKES_VOTE: Check = (
    "votes",
    "vote_needs_proposal",
    "select i.row, 'no', null::int from import_row i join network_member m on m.id = i.target_id"
    f" where {given('votes')} and not i.votes and m.votes and m.state in ('active', 'leaving')",
)
_JOINED = "(m.joined_at at time zone 'Europe/Helsinki')::date"
_OTHERWISE: tuple[Check, ...] = (
    (
        "joined_on",
        "membership_otherwise",
        "select i.row, i.joined_on::text, null::int from import_row i join network_member m on m.id = i.target_id"
        f" where i.joined_on <> {_JOINED}",
    ),
    (
        "state",
        "membership_otherwise",
        "select i.row, i.state, null::int from import_row i join network_member m on m.id = i.target_id"
        " where i.state <> m.state",
    ),
)
"""What a list shows and an import does not change."""
_NOT_YET: Check = (
    "joined_on",
    "joined_on_not_taken",
    "select i.row, i.joined_on::text, null::int from import_row i left join network_member m on m.id = i.target_id"
    " where i.joined_on is not null and m.joined_at is null and not i.at_once",
)
_UNCONFIRMED: Check = (
    "name",
    "organisation_unconfirmed",
    "select i.row, coalesce(o.names->>'fi', o.names->>'sv', o.names->>'en'), null::int from import_row i"
    " join organisation o on o.id = i.member_id where o.confirmed_at is null and %(actor)s::uuid is null",
)
"""It is invited like any other, and does not become a member before it is confirmed."""
_RESOLVE = (
    f"update import_row i set votes = case when {given('votes')} then coalesce(i.votes, m.votes) else m.votes end"
    " from network_member m where m.id = i.target_id"
)
_AT_ONCE = (
    "update import_row i set at_once = %(actor)s::uuid is null and n.state = 'forming'"
    " from network n where n.id = %(network)s::uuid"
)
_UPSERT = """
insert into network_member (id, created_at, updated_at, version, network_id, organisation_id, state, votes,
    invited_by, joined_at, source, objection_until)
select target_id, %(now)s::timestamptz, %(now)s::timestamptz, 1, %(network)s::uuid, member_id,
    case when at_once then 'active' else 'invited' end, coalesce(votes, true),
    case when not at_once then %(actor)s::uuid end,
    case when at_once then coalesce(joined_on::timestamp at time zone 'Europe/Helsinki', %(now)s::timestamptz) end,
    case when at_once then coalesce(%(source)s::text, '–') end,
    case when at_once then (date_trunc('day', %(now)s::timestamptz at time zone 'Europe/Helsinki')
        + interval '15 days') at time zone 'Europe/Helsinki' end
from import_row order by row
on conflict (id) do update set votes = excluded.votes, updated_at = excluded.updated_at,
    version = network_member.version + 1
"""
_TELL = f"""
insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)
select event_id, %(now)s::timestamptz, type,
    case type when '{MemberJoined.type}' then '{MemberJoined.tier}' else '{MemberChanged.tier}' end,
    %(actor)s::uuid, 'network_member', target_id, array[%(network)s::uuid, member_id], changed,
    jsonb_build_object('network_id', %(network)s::uuid, 'organisation_id', member_id)
from (select *, case when target_id <> made_id then '{MemberChanged.type}'
    when at_once then '{MemberJoined.type}' else '{MemberInvited.type}' end as type from import_row) told
order by row
"""
_BROUGHT_IN = b"select target_id from import_row where at_once and target_id = made_id order by row"


async def _settle(staged: Staged) -> None:
    await staged.run(*mentions.CREATE, _MENTION)
    await mentions.find(staged)
    await staged.run(_DECIDED)
    await mentions.note_near(staged)
    await staged.run(_FOUND)
    await staged.check(*_UNKNOWN)
    await staged.note(mentions.MERGED)
    await staged.run(_MATCH)
    await staged.check(_ENDED, _UNCONFIRMED)
    await staged.run(lock("network_member"))
    await staged.check(_TAKES_VOTE, *_OTHERWISE)
    await staged.check_repeated(_TWICE)
    await staged.run(_AT_ONCE, _RESOLVE, compare("network_member", ("votes",)))
    await staged.note(_NOT_YET)


async def _tell(session: AsyncSession, staged: Staged) -> None:
    found = await (await staged.connection.execute(_BROUGHT_IN)).fetchall()
    await tell_brought_in(session, [one for (one,) in found])


MEMBERS = Sheet(
    kind=ImportKind.members,
    row=MemberRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns={
        "row": "int4",
        "made_id": "uuid",
        "event_id": "uuid",
        "organisation_id": "uuid",
        "business_id": "text",
        "association_register_number": "text",
        "name": "text",
        "plain": "text",
        "town": "text",
        "votes": "bool",
        "joined_on": "date",
        "state": "text",
    },
    cells=_cells,
    table="network_member",
    shown=both("votes"),
    restored=("votes",),
    undo=Undo(
        subject="network_member",
        removed=(MembershipWithdrawn.type, f"'{MembershipWithdrawn.tier}'"),
        changed=(MemberChanged.type, f"'{MemberChanged.tier}'"),
        related="array[o.network_id, o.organisation_id]",
        data="jsonb_build_object('network_id', o.network_id, 'organisation_id', o.organisation_id)",
    ),
    more=", member_id uuid, at_once bool",
    called=f"(select {CALLED.format('m')} from organisation m where m.id = i.member_id)",
    one_of=(("name", "business_id", "association_register_number", "organisation_id"),),
    begin=open_network,
    settle=_settle,
    statements=(_UPSERT, _TELL),
    tell=_tell,
)
