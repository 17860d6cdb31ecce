"""What the API takes and gives."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from puumerkki.access.models import PrincipalKind, TieKind
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import UserState
from puumerkki.identity.schemas.accounts import EmailChangePublic, PermissionsHeld
from puumerkki.kernel.field_types import (
    SEVERAL_LINES,
    Email,
    Moment,
    Query,
    Schema,
    ShortLine,
    UiLanguage,
)
from puumerkki.kernel.reads.pagination import Page, PageQuery

NewPassword = Annotated[str, StringConstraints(min_length=12, max_length=200)]
GivenPassword = Annotated[str, StringConstraints(min_length=1, max_length=200)]
LinkToken = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{20,100}$")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1000), SEVERAL_LINES]


class Login(Schema):
    email: Email
    password: GivenPassword


class TokenAnswer(Schema):
    """An access token; the refresh token comes as a cookie."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int


class SessionAnswer(TokenAnswer):
    """A session, as it begins and each time it is renewed. All times are seconds from now."""

    person_id: UUID
    unused_ends_in: int = Field(description="Until the session ends where nothing renews it.")
    ends_in: int = Field(description="Until the session ends however often it is renewed.")


class ClientTokenAnswer(TokenAnswer):
    scope: str


class OAuthErrorCode(StrEnum):
    """RFC 6749, section 5.2."""

    invalid_request = "invalid_request"
    invalid_client = "invalid_client"
    unsupported_grant_type = "unsupported_grant_type"
    invalid_scope = "invalid_scope"


class OAuthError(Schema):
    """An error of the token endpoint, as RFC 6749 says."""

    error: OAuthErrorCode
    error_description: str


class ClientTokenRequest(Schema):
    """The form of a client credentials request (RFC 6749, section 4.4)."""

    grant_type: Literal["client_credentials"]
    scope: str | None = None
    client_id: UUID | None = None
    client_secret: str | None = None


class EmailGiven(Schema):
    email: Email


class LinkUse(Schema):
    token: LinkToken


class PasswordReset(LinkUse):
    password: NewPassword


class PasswordChange(Schema):
    """`current_password` is needed where there is one."""

    current_password: GivenPassword | None = None
    password: NewPassword


class InvitationCreate(Schema):
    """An invitation to an organisation. Networks invite through their members."""

    email: Email
    name: ShortLine
    language: UiLanguage = UiLanguage.fi
    scope_kind: ScopeKind
    scope_id: UUID
    role: Role
    for_organisation_id: UUID | None = None


class InvitationPublic(Schema):
    """Whom somebody invited to what; nothing of whether the address has an account."""

    email: str
    scope_kind: ScopeKind
    scope_id: UUID
    role: Role


class InvitationAccept(LinkUse):
    """`name` and `password` are taken only where the account begins with this.

    `also`: roles that the first person of an organisation takes at once beside the administrator's.
    """

    name: ShortLine | None = None
    password: NewPassword | None = None
    also: Annotated[list[Literal[Role.editor, Role.signatory]], Field(max_length=2)] = []


class InvitationShown(Schema):
    """What a mailed invitation gives, and who invited. `has_account`: name and password are there already.

    `may_also_take`: what can be taken beside the role when it is accepted.
    """

    name: str
    email: str
    has_account: bool
    inviter: str | None
    role: Role
    scope_kind: ScopeKind
    scope_id: UUID
    scope_names: dict[str, str] | None
    for_organisation_names: dict[str, str] | None
    may_also_take: list[Literal[Role.editor, Role.signatory]]
    expires_at: Moment


class RoleHeld(Schema):
    """`scope_id` is null on the platform; `for_organisation_id`: the member that a representative stands for."""

    role: Role
    scope_kind: ScopeKind
    scope_id: UUID | None
    for_organisation_id: UUID | None
    expires_at: Moment | None


class RoleOffered(Schema):
    """A role that one is offered. `scope_names`: of the organisation or network; `offered_by`: the name of who did."""

    id: UUID
    role: Role
    scope_kind: ScopeKind
    scope_id: UUID
    scope_names: dict[str, str] | None
    for_organisation_id: UUID | None
    offered_by: str | None
    created_at: Moment
    expires_at: Moment


class OffersAnswer(Schema):
    """Some of one's open offers, answered at once."""

    offer_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]


class MePublic(Schema):
    """Who is signed in. A service account has no email or language, but scopes; people have no scopes.

    `permissions`: by scope, what the roles allow now: less where an organisation is archived or not confirmed yet.
    `role_offers`: what one may accept or not; until then it counts for nothing. `email_change`: the address that was
    asked for and is not confirmed yet. `mail_failed_at`: since when mail comes back from `email`, if it does; then only
    links of identity are sent there, until one of them is used.
    """

    id: UUID
    kind: PrincipalKind
    name: str
    email: str | None
    language: UiLanguage | None
    has_password: bool
    scopes: list[str] | None
    roles: list[RoleHeld]
    permissions: list[PermissionsHeld]
    role_offers: list[RoleOffered]
    email_change: EmailChangePublic | None
    mail_failed_at: Moment | None
    version: int


class MeUpdate(Schema):
    """What changes; a field left out stays."""

    name: ShortLine | None = None
    language: UiLanguage | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "MeUpdate":
        for name in self.model_fields_set:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class UserPublic(Schema):
    id: UUID
    email: str
    name: str
    language: UiLanguage
    state: UserState
    created_at: Moment
    version: int


class SessionHeld(Schema):
    """A session on one device: when it began and was last renewed, and when it ends by itself."""

    id: UUID
    began_at: Moment
    renewed_at: Moment
    expires_at: Moment
    revoked_at: Moment | None


class TieHeld(Schema):
    """What bound one to an organisation, from when and until when."""

    organisation_id: UUID
    kind: TieKind
    from_at: Moment
    until_at: Moment | None


class MyData(Schema):
    """Everything that is kept about a person as an account."""

    user: UserPublic
    roles: list[RoleHeld]
    ties: list[TieHeld]
    email_change: EmailChangePublic | None
    sessions: list[SessionHeld]


class OperatorCreate(Schema):
    """An operator, as the command line makes one."""

    email: Email
    name: ShortLine
    password: NewPassword | None = None
    language: UiLanguage


class UserQuery(PageQuery):
    q: Query | None = None
    state: UserState | None = None


class BreakGlassCreate(Schema):
    """Sight of one organisation or network for an hour, on record."""

    scope_kind: Literal[ScopeKind.organisation, ScopeKind.network]
    scope_id: UUID
    reason: Reason


class BreakGlassPublic(Schema):
    id: UUID
    operator_id: UUID
    operator_name: str | None
    scope_kind: ScopeKind
    scope_id: UUID
    reason: str
    created_at: Moment
    expires_at: Moment


class BreakGlassQuery(PageQuery):
    operator: UUID | None = None
    scope: UUID | None = None


UserPage = Page[UserPublic]
BreakGlassPage = Page[BreakGlassPublic]
