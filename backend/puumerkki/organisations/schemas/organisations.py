"""What the API takes and gives."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.kernel.external_ids import ExternalValue
from puumerkki.kernel.field_types import (
    Email,
    Flag,
    Line,
    Moment,
    NameTranslations,
    Phone,
    Query,
    Schema,
    ShortLine,
    TextTranslations,
    WebAddress,
)
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.organisations.models.organisations import (
    AffiliationKind,
    ConfirmationSource,
    LegalForm,
    OrganisationState,
    Sector,
)
from puumerkki.organisations.rules import BusinessId, RegisterNumber

MunicipalityCode = Annotated[str, Field(pattern=r"^\d{3}$", examples=["564"])]
CountyCode = Annotated[str, Field(pattern=r"^\d{2}$", examples=["17"])]
MunicipalityCodes = Annotated[list[MunicipalityCode], Field(max_length=400)]


def refuse_null(schema: Schema, *names: str) -> None:
    """For PATCH bodies: these fields may be left out, but not be null."""
    for name in names:
        if name in schema.model_fields_set and getattr(schema, name) is None:
            raise ValueError(f"{name} cannot be null")


class OrganisationSort(StrEnum):
    name = "name"
    newest = "-created_at"
    relevance = "relevance"


class OrganisationFilter(Schema):
    """`q`: names, also inflected, misspelt or in part. `municipality`: at home there or serving it."""

    q: Query | None = None
    sector: Annotated[list[Sector] | None, Field(max_length=10)] = None
    municipality: MunicipalityCode | None = None
    state: OrganisationState = OrganisationState.active


class OrganisationQuery(OrganisationFilter, PageQuery):
    """A page of organisations. With `q` the order is by relevance, 200 at most, unless `sort` says otherwise.

    `unconfirmed`: for choosing whom to ask, with `q`: those that are not confirmed yet too, for who is signed in.
    """

    sort: OrganisationSort | None = None
    unconfirmed: bool = False


class ContactCreate(Schema):
    """How to reach the organisation. `public`: everybody may see it."""

    name: Line
    role: ShortLine | None = None
    email: Email | None = None
    phone: Phone | None = None
    public: Flag = False

    @model_validator(mode="after")
    def _reachable(self) -> "ContactCreate":
        if self.email is None and self.phone is None:
            raise ValueError("an email address or a phone number is needed")
        return self


class ContactUpdate(Schema):
    name: Line | None = None
    role: ShortLine | None = None
    email: Email | None = None
    phone: Phone | None = None
    public: Flag | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "ContactUpdate":
        refuse_null(self, "name", "public")
        return self


class ContactPublic(Schema):
    id: UUID
    organisation_id: UUID
    name: str
    role: str | None
    email: str | None
    phone: str | None
    public: bool
    version: int


OtherThan = Annotated[list[UUID], Field(max_length=200, description="Namesakes that this is none of.")]


class OrganisationCreate(Schema):
    """A new organisation. An unregistered group needs `host_id` or `contact`; the host is asked.

    Whom a person adds it is unconfirmed, and theirs. `for_others`: an officer of its home municipality adds it as one:
    it is confirmed, and the officer gets no role in it. `also`: roles that who adds it takes beside the
    administrator's.
    """

    names: NameTranslations
    sector: Sector
    legal_form: LegalForm
    business_id: BusinessId | None = None
    association_register_number: RegisterNumber | None = None
    home_municipality_code: MunicipalityCode | None = None
    municipality_codes: MunicipalityCodes = []
    wellbeing_county_code: CountyCode | None = None
    descriptions: TextTranslations | None = None
    website: WebAddress | None = None
    host_id: Annotated[UUID | None, Field(description="Who answers for an unregistered group.")] = None
    contact: ContactCreate | None = None
    other_than: OtherThan = []
    for_others: Flag = False
    also: Annotated[list[Literal[Role.editor, Role.signatory]], Field(max_length=2)] = []


class OrganisationUpdate(Schema):
    """What changes; a field left out stays. Sector and legal form are changed by the operator."""

    names: NameTranslations | None = None
    sector: Sector | None = None
    legal_form: LegalForm | None = None
    business_id: BusinessId | None = None
    association_register_number: RegisterNumber | None = None
    home_municipality_code: MunicipalityCode | None = None
    municipality_codes: MunicipalityCodes | None = None
    wellbeing_county_code: CountyCode | None = None
    descriptions: TextTranslations | None = None
    website: WebAddress | None = None
    other_than: OtherThan = []

    @model_validator(mode="after")
    def _not_null(self) -> "OrganisationUpdate":
        refuse_null(self, "names", "sector", "legal_form", "municipality_codes")
        return self


class OrganisationListed(Schema):
    """An organisation in a list. `municipality_codes`: where it works, its home among them.

    `confirmed`: somebody else said that it is what it says. Before that only its people know of it, and who is asked.
    """

    id: UUID
    names: NameTranslations
    sector: Sector
    legal_form: LegalForm
    business_id: str | None
    association_register_number: str | None
    home_municipality_code: str | None
    municipality_codes: list[str]
    website: str | None
    state: OrganisationState
    confirmed: bool
    created_at: Moment
    version: int


class OrganisationPublic(OrganisationListed):
    """`external_ids`: its ids in other systems, by scheme. `source`: on whose word it was confirmed.

    `merged_into`: the same organisation, as which it goes on, with its people, papers and ids.
    """

    confirmed_at: Moment | None
    source: ConfirmationSource | None

    wellbeing_county_code: str | None
    descriptions: TextTranslations | None
    updated_at: Moment
    external_ids: dict[str, str]
    merged_into: "OrganisationName | None"


class ExternalIdPut(Schema):
    value: ExternalValue


class VersionQuery(PageQuery):
    """A page of versions."""


class OrganisationVersionPublic(Schema):
    """What the organisation was at a version."""

    number: int
    created_at: Moment
    changed_by: UUID | None
    content: dict[str, Any]


class RolesPut(Schema):
    """All roles that somebody shall have in the organisation."""

    roles: Annotated[list[Role], Field(min_length=1, max_length=10)]


class PersonPublic(Schema):
    """Somebody with roles in the organisation; `name` is null where it was erased.

    `mail_failed_at`: since when mail to them comes back; null where it gets through, or you do not manage people.
    """

    principal_id: UUID
    kind: PrincipalKind
    name: str | None
    roles: list[Role]
    mail_failed_at: Moment | None


class RoleOfferPublic(Schema):
    """A role that was offered and not accepted yet. `email`: null where a known person was chosen."""

    id: UUID
    role: Role
    scope_kind: ScopeKind
    scope_id: UUID
    name: str
    email: str | None
    created_at: Moment
    expires_at: Moment


class RoleOfferQuery(PageQuery):
    """A page of open offers."""


class PersonQuery(PageQuery):
    """A page of people."""


class ContactQuery(PageQuery):
    """A page of contacts."""


class AffiliationQuery(PageQuery):
    """A page of what I declared."""


class OrganisationName(Schema):
    id: UUID
    names: NameTranslations


class AffiliationPut(Schema):
    kinds: Annotated[list[AffiliationKind], Field(min_length=1, max_length=3)]


class AffiliationPublic(Schema):
    """What ties me to an organisation, so that I am disqualified in its cases."""

    organisation: OrganisationName
    kinds: list[AffiliationKind]


OrganisationPage = Page[OrganisationListed]
ContactPage = Page[ContactPublic]
VersionPage = Page[OrganisationVersionPublic]
PersonPage = Page[PersonPublic]
RoleOfferPage = Page[RoleOfferPublic]
AffiliationPage = Page[AffiliationPublic]
