"""Who speaks for an organisation in its networks, from a file: each row is an invitation, which counts once accepted.

An import fills seats that nobody has, by the rules of naming somebody by hand. Whoever speaks already, or has been
asked, is replaced in the network itself.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BeforeValidator, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.access.roles import REPRESENTATIVES, Role, ScopeKind
from puumerkki.identity.service.invitations import invite
from puumerkki.imports.cell_types import LANGUAGES, meaning, row_fault
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import Check, Sheet, Staged, Withdrawing, headings_of, twice
from puumerkki.imports.titles import plain
from puumerkki.kernel.field_types import Email, Language, Line, Schema, ShortLine
from puumerkki.networks.open_cases import tied_in_open_case
from puumerkki.organisations.importing import people
from puumerkki.organisations.importing.owner import open_organisation

SYNONYMS: Mapping[str, str] = MappingProxyType(
    {
        **people.SYNONYMS,
        **headings_of(
            {
                "network": "network verkosto verkostot verkostonnimi natverk natverket natverketsnamn networkname"
                " networkid verkostontunniste kuntatiimi kumppanuuspoyta"
            }
        ),
    }
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "network": "network_expected",
        **{name: people.EXPECTED[name] for name in ("name", "first_name", "last_name", "email", "language")},
        "role": "representative_expected",
    }
)
_ROLES = {
    "edustaja": Role.representative,
    "varsinainen edustaja": Role.representative,
    "varsinainen": Role.representative,
    "varsinainen jasen": Role.representative,
    "varaedustaja": Role.deputy,
    "vara": Role.deputy,
    "varajasen": Role.deputy,
    "foretradare": Role.representative,
    "representant": Role.representative,
    "ordinarie": Role.representative,
    "ersattare": Role.deputy,
    "suppleant": Role.deputy,
}
Speaking: TypeAlias = Literal[Role.representative, Role.deputy]


class RepresentativeRow(Schema):
    """A good row."""

    network: Line
    name: ShortLine | None = None
    first_name: ShortLine | None = None
    last_name: ShortLine | None = None
    email: Annotated[Email, BeforeValidator(people.address)]
    role: Annotated[Speaking, meaning(_ROLES)] = Role.representative
    language: Annotated[Language, meaning(LANGUAGES)] = "fi"

    @property
    def called(self) -> str:
        """The name whole."""
        return self.name or " ".join(filter(None, (self.first_name, self.last_name)))

    @model_validator(mode="after")
    def _whole(self) -> "RepresentativeRow":
        if not self.called:
            raise row_fault("name", "name_needed")
        return self


def _cells(row: RepresentativeRow) -> tuple[Any, ...]:
    return row.network, row.called, row.email, row.role.value, row.language


_SPEAKING = ", ".join(f"'{role}'" for role in REPRESENTATIVES)
_CREATE = "drop table if exists import_network"
_NAMED = f"""
create temporary table import_network on commit drop as
select row, id, state, exact = bool_or(exact) over (partition by row) as best from (
    select i.row, n.id, m.state, bool_or(n.id::text = lower(i.network) or said.name = i.network) as exact
    from import_row i
    join network_member m on m.organisation_id = %(organisation)s::uuid and m.state <> 'left'
    join network n on n.id = m.network_id
    cross join lateral (select value as name from jsonb_each_text(n.names)) said
    where n.id::text = lower(i.network) or {plain("said.name")} = {plain("i.network")}
    group by 1, 2, 3
) found
"""
"""Networks of which the organisation is a member, or is asked to be one."""
_TAKE = "update import_row i set network_id = n.id from import_network n where n.row = i.row and n.best"
_CHECKS: tuple[Check, ...] = (
    (
        "network",
        "network_of_several",
        "select i.row, i.network, null::int from import_network n join import_row i using (row) where n.best"
        " group by i.row, i.network having count(*) > 1",
    ),
    (
        "network",
        "network_not_found",
        "select row, network, null::int from import_row i"
        " where not exists (select from import_network n where n.row = i.row)",
    ),
    (
        "network",
        "member_not_active",
        "select i.row, i.network, null::int from import_network n join import_row i using (row)"
        " where n.best and n.state <> 'active'",
    ),
)
_SEAT = "scope_id = i.network_id and for_organisation_id = %(organisation)s::uuid"
_MATCHES = (
    "update import_row i set target_id = g.principal_id from app_user u join role_grant g on g.principal_id = u.id"
    f" where u.email = i.email and g.{_SEAT.replace(' and ', ' and g.')} and g.role = i.role",
    "update import_row i set target_id = f.id from role_offer f join app_user u on u.id = f.principal_id"
    f" where i.target_id is null and f.{_SEAT.replace(' and ', ' and f.')} and f.role = i.role"
    " and i.email in (f.email, u.email) and f.expires_at > %(now)s::timestamptz",
)
_TAKEN: Check = (
    "role",
    "seat_taken",
    "select row, role, null::int from import_row i where target_id is null and ("
    f"exists (select from role_grant where {_SEAT} and role = i.role)"
    f" or exists (select from role_offer where {_SEAT} and role = i.role and expires_at > %(now)s::timestamptz))",
)
_TWICE = twice("role", "role", fault="seat_twice", keys="network_id, role", condition="true")
_LOCK = (
    "select id from network_member where organisation_id = %(organisation)s::uuid"
    " and network_id in (select network_id from import_row) order by id for update"
)
"""Whoever names somebody by hand waits, or has done it before."""
_NETWORKS = b"select distinct network_id from import_row where target_id is null"
_ROWS = b"select target_id, network_id, name, email, role, language from import_row order by row"


async def _begin(staged: Staged) -> None:
    await open_organisation(staged)
    await people.inviter(staged, P.memberships_manage)


async def _check_ties(staged: Staged) -> None:
    """Nobody chooses who decides on a case in which they are tied."""
    person = (await people.inviter(staged, P.memberships_manage)).person_id()
    organisation_id: UUID = staged.values["organisation"]
    for (network_id,) in await (await staged.connection.execute(_NETWORKS)).fetchall():
        if await tied_in_open_case(
            staged.session, network_id=network_id, organisation_id=organisation_id, principal_id=person
        ):
            found = f"select row, network, null::int from import_row where network_id = '{network_id}'"
            await staged.check(("network", "inviter_tied", f"{found} and target_id is null"))


async def _settle(staged: Staged) -> None:
    await staged.run(_CREATE, _NAMED)
    await staged.check(*_CHECKS)
    await staged.run(_TAKE, _LOCK, *_MATCHES)
    await staged.check(_TAKEN)
    await _check_ties(staged)
    await staged.check(people.FULL)
    await staged.check_repeated(_TWICE)


async def _tell(session: AsyncSession, staged: Staged) -> None:
    """Invite each, as naming somebody by hand does, but that everybody is asked."""
    actor = await people.inviter(staged, P.memberships_manage)
    organisation_id: UUID = staged.values["organisation"]
    for offer_id, network_id, name, email, role, language in await (await staged.connection.execute(_ROWS)).fetchall():
        await invite(
            session,
            email=email,
            name=name,
            language=language,
            scope_kind=ScopeKind.network,
            scope_id=network_id,
            role=Role(role),
            for_organisation_id=organisation_id,
            actor_id=actor.id,
            acts_from=actor.acts_from(P.memberships_manage, organisation_id),
            offer_id=offer_id,
        )


SPEAKERS = Sheet(
    kind=ImportKind.representatives,
    row=RepresentativeRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns={
        "row": "int4",
        "made_id": "uuid",
        "event_id": "uuid",
        "network": "text",
        "name": "text",
        "email": "text",
        "role": "text",
        "language": "text",
    },
    cells=_cells,
    # an offer never changes: it is open, or it is gone
    table="(select id, 1 as version from role_offer)",
    shown={"role": ("null::text", "i.role")},
    undo=Withdrawing(people.withdraw),
    one_of=(("name", "last_name"),),
    more=", network_id uuid",
    begin=_begin,
    settle=_settle,
    statements=(people.EXPIRED,),
    tell=_tell,
)
