"""An organisation's people from a file: each row is an invitation to one role, which counts for nothing until accepted.

Who has the role, or an open invitation to it, is left as they are. Nobody gets a role at once, as they may by hand.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.errors import TiedInOpenCase
from puumerkki.access.fitting import ORGANISATION_ROLES, roles_fitting
from puumerkki.access.models import Principal, PrincipalKind
from puumerkki.access.open_cases import require_untied
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.service.invitations import invite
from puumerkki.identity.service.offers import BINDING, MOST_OPEN, withdraw_open
from puumerkki.imports.cell_types import LANGUAGES, SPLIT, meaning, plain_word, row_fault
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import (
    OUR_ID,
    Check,
    NotImportable,
    Sheet,
    Staged,
    Withdrawing,
    headings_of,
    twice,
)
from puumerkki.kernel.field_types import Email, Language, Schema, ShortLine
from puumerkki.organisations.exports import ROLE_NAMES
from puumerkki.organisations.importing.owner import open_organisation
from puumerkki.organisations.models.organisations import Organisation

SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            "name": "name nimi henkilo henkilonnimi kokonimi yhteyshenkilo jasenennimi namn person kontaktperson"
            " fullname fullstandigtnamn personensnamn contact contactperson",
            "first_name": "firstname etunimi etunimet kutsumanimi fornamn tilltalsnamn givenname",
            "last_name": "lastname sukunimi efternamn slaktnamn surname familyname",
            "email": "email mail sahkoposti sahkopostiosoite sposti spostiosoite meili epost epostadress emailaddress"
            " mejl mailadress",
            "role": "role roles rooli roolit tehtava kayttooikeus oikeudet roll roller uppgift behorighet permission",
            "language": "language kieli asiointikieli sprak",
        }
    )
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        **OUR_ID,
        "name": "person_expected",
        "first_name": "person_expected",
        "last_name": "person_expected",
        "email": "email_expected",
        "role": "role_expected",
        "language": "language_expected",
    }
)
_ROLES: Mapping[str, str] = {
    **{plain_word(said): code for code, words in ROLE_NAMES.items() for said in words.values()},
    "katselija": Role.viewer,
    "admin": Role.owner,
    "paakayttaja": Role.owner,
    "allekirjoittaja": Role.signatory,
    "viranhaltija": Role.officer,
    "esittelija": Role.officer,
    "kirjaamo": Role.registry,
}


def address(value: Any) -> str:
    """An address as people copy it: `Aino Aalto <aino@example.org>`, `mailto:…`, in either way of composing letters."""
    written = unicodedata.normalize("NFC", str(value)).strip(" \t\u00a0'\";,")
    found = re.search(r"<([^<>]*)>$", written)
    return re.sub(r"^mailto:", "", (written if found is None else found[1]).strip(), flags=re.IGNORECASE)


def _of_an_organisation(role: Role) -> Role:
    if role not in ORGANISATION_ROLES:
        raise ValueError("no role in an organisation")
    return role


class PersonRow(Schema):
    """A good row. With `id`, as a list from here has it, it invites nobody."""

    id: UUID | None = None
    name: ShortLine | None = None
    first_name: ShortLine | None = None
    last_name: ShortLine | None = None
    email: Annotated[Email, BeforeValidator(address)] | None = None
    role: Annotated[
        list[Annotated[Role, meaning(_ROLES), AfterValidator(_of_an_organisation)]],
        SPLIT,
        Field(min_length=1),
    ]
    language: Annotated[Language, meaning(LANGUAGES)] = "fi"

    @property
    def called(self) -> str:
        """The name whole."""
        return self.name or " ".join(filter(None, (self.first_name, self.last_name)))

    @model_validator(mode="after")
    def _whole(self) -> "PersonRow":
        if not self.called:
            raise row_fault("name", "name_needed")
        if self.id is None and self.email is None:
            raise row_fault("email", "email_expected")
        if self.id is None and len(set(self.role)) > 1:
            raise row_fault("role", "one_role_a_row")
        return self


def _cells(row: PersonRow) -> tuple[Any, ...]:
    return row.id, row.called, row.email, [one.value for one in row.role], row.role[0].value, row.language


_HELD = "g.scope_id = %(organisation)s::uuid and (g.expires_at is null or g.expires_at > %(now)s::timestamptz)"
_MATCHES = (
    "update import_row i set target_id = i.given_id where i.given_id is not null and not exists ("
    " select from unnest(i.roles) r(role) where not exists (select from role_grant g"
    f" where {_HELD} and g.principal_id = i.given_id and g.role = r.role))",
    "update import_row i set target_id = g.principal_id from app_user u join role_grant g on g.principal_id = u.id"
    f" where i.given_id is null and u.email = i.email and {_HELD} and g.role = i.role",
    "update import_row i set target_id = f.id from role_offer f join app_user u on u.id = f.principal_id"
    " where i.given_id is null and i.target_id is null and f.scope_id = %(organisation)s::uuid and f.role = i.role"
    " and i.email in (f.email, u.email) and f.expires_at > %(now)s::timestamptz",
)
_NOT_HELD: Check = (
    "role",
    "roles_of_people",
    "select row, array_to_string(roles, '|'), null::int from import_row where given_id is not null"
    " and target_id is null",
)
_TWICE = twice("email", "email", fault="invitation_twice", keys="email, role", condition="given_id is null")
_UNFIT: Check = (
    "role",
    "role_unfit",
    "select row, role, null::int from import_row where target_id is null and role <> all(string_to_array('{}', ' '))",
)
_TIED: Check = (
    "role",
    "inviter_tied",
    "select row, role, null::int from import_row where target_id is null and role in ({})".format(
        ", ".join(f"'{role}'" for role in sorted(BINDING))
    ),
)
FULL: Check = (
    "email",
    "invitations_full",
    f"""
    select row, email, null::int from (
        select *, row_number() over (order by row) as place from import_row where target_id is null
    ) numbered
    where place + (select count(*) from role_offer
        where organisation_id = %(organisation)s::uuid and expires_at > %(now)s::timestamptz) > {MOST_OPEN}
    """,
)
EXPIRED = "delete from role_offer where organisation_id = %(organisation)s::uuid and expires_at <= %(now)s::timestamptz"
_ROWS = b"select target_id, name, email, role, language from import_row order by row"


async def inviter(staged: Staged, permission: P) -> Actor:
    """Who invites, with what they may now: the file may have waited. NotImportable where they may not."""
    by: UUID | None = staged.values["actor"]
    kind = None if by is None else PrincipalKind((await staged.session.get_one(Principal, by)).kind)
    if kind is not PrincipalKind.user:
        raise NotImportable("inviter_needed")
    actor = await load_actor(staged.session, Caller(by, kind))
    if not actor.may(permission, on=staged.options.organisation_id):
        raise NotImportable("may_not_invite")
    return actor


async def _begin(staged: Staged) -> None:
    await open_organisation(staged)
    await inviter(staged, P.people_manage)


async def _settle(staged: Staged) -> None:
    organisation = await staged.session.get_one(Organisation, staged.values["organisation"])
    await staged.run(*_MATCHES)
    await staged.check(_NOT_HELD)
    await staged.check(_TWICE)
    fitting = roles_fitting(organisation.sector, PrincipalKind.user)
    await staged.check((*_UNFIT[:2], _UNFIT[2].format(" ".join(sorted(fitting)))))
    try:
        await require_untied(
            staged.session,
            organisation_id=organisation.id,
            principal_id=(await inviter(staged, P.people_manage)).person_id(),
        )
    except TiedInOpenCase:
        await staged.check(_TIED)
    await staged.check(FULL)


async def _tell(session: AsyncSession, staged: Staged) -> None:
    """Invite each: at most so many as may be open, so each may have its own statements."""
    actor = await inviter(staged, P.people_manage)
    organisation_id: UUID = staged.values["organisation"]
    for offer_id, name, email, role, language in await (await staged.connection.execute(_ROWS)).fetchall():
        await invite(
            session,
            email=email,
            name=name,
            language=language,
            scope_kind=ScopeKind.organisation,
            scope_id=organisation_id,
            role=Role(role),
            for_organisation_id=None,
            actor_id=actor.id,
            acts_from=actor.acts_from(P.people_manage, organisation_id),
            offer_id=offer_id,
        )


async def withdraw(session: AsyncSession, ids: Sequence[UUID], actor_id: UUID | None) -> set[UUID]:
    return await withdraw_open(session, offer_ids=ids, actor_id=actor_id)


PEOPLE = Sheet(
    kind=ImportKind.people,
    row=PersonRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns={
        "row": "int4",
        "made_id": "uuid",
        "event_id": "uuid",
        "given_id": "uuid",
        "name": "text",
        "email": "text",
        "roles": "text[]",
        "role": "text",
        "language": "text",
    },
    cells=_cells,
    # an offer never changes: it is open, or it is gone
    table="(select id, 1 as version from role_offer)",
    shown={"role": ("null::text", "i.role")},
    undo=Withdrawing(withdraw),
    one_of=(("name", "last_name"), ("email", "id")),
    begin=_begin,
    settle=_settle,
    statements=(EXPIRED,),
    tell=_tell,
)
