"""Members and who speaks for them."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import model_validator
from typing_extensions import TypeAliasType

from puumerkki.access.roles import Role
from puumerkki.kernel.field_types import (
    Email,
    Flag,
    Moment,
    NameTranslations,
    Schema,
    ShortLine,
    UiLanguage,
)
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.networks.models.networks import MemberState
from puumerkki.networks.schemas.proposals import ProposalPublic
from puumerkki.organisations.models.organisations import LegalForm, Sector
from puumerkki.organisations.rules import BusinessId, RegisterNumber
from puumerkki.organisations.schemas.organisations import MunicipalityCode, OtherThan


class MemberSort(StrEnum):
    name = "name"


class MemberQuery(PageQuery):
    state: MemberState | None = None
    sort: MemberSort = MemberSort.name


class MemberCreate(Schema):
    """Which organisation: invited by the network, or asking of its own will, according to who asks."""

    organisation_id: UUID


class Administrator(Schema):
    """Who is invited to administer an organisation that is new here."""

    name: ShortLine
    email: Email
    language: UiLanguage = UiLanguage.fi


class NewcomerCreate(Schema):
    """An organisation that is not here yet, and who runs it. It is unconfirmed, as whatever a person adds."""

    names: NameTranslations
    sector: Sector
    legal_form: LegalForm
    business_id: BusinessId | None = None
    association_register_number: RegisterNumber | None = None
    home_municipality_code: MunicipalityCode | None = None
    other_than: OtherThan = []
    administrator: Administrator


class MemberUpdate(Schema):
    """Whether the member has a vote."""

    votes: Flag


class SharingMember(Schema):
    """A member that shares an administrator or a signatory with another one; through whom is not told."""

    organisation_id: UUID
    organisation_names: NameTranslations


class MemberPublic(Schema):
    """An organisation in a network. `takes_part`: active, and it accepted the rules that hold today.

    `shares_with`: the active members with which it shares an administrator or a signatory.
    """

    id: UUID
    network_id: UUID
    organisation_id: UUID
    organisation_names: NameTranslations
    state: MemberState
    votes: bool
    takes_part: bool
    shares_with: list[SharingMember]
    joined_at: Moment | None
    ended_at: Moment | None
    end_reason: str | None
    version: int


MemberAction = TypeAliasType(
    "MemberAction",
    Literal[
        "invite",
        "request",
        "accept",
        "approve",
        "refuse",
        "object",
        "leave",
        "remove",
        "take_vote",
        "state_view",
        "confirm_proposal",
        "drop_proposal",
    ],
)


class MemberDetail(MemberPublic):
    """`proposal`: what is proposed about it, for the network's people and its own.

    `source`: the operator's list that brought it in while the network was forming, unasked; until `objection_until` its
    administrators can object.
    """

    source: str | None
    objection_until: Moment | None
    proposal: ProposalPublic | None
    available_actions: list[AvailableAction[MemberAction]]


class RepresentativeRole(StrEnum):
    """The representative speaks and votes for a member; the deputy does so in their place."""

    representative = "representative"
    deputy = "deputy"

    @property
    def role(self) -> Role:
        """The same in the table of all roles."""
        return Role(self.value)


class RepresentativeName(Schema):
    """Somebody with a role in the organisation, by `principal_id`; or anybody by email: `email`, `name`, `language`."""

    principal_id: UUID | None = None
    email: Email | None = None
    name: ShortLine | None = None
    language: UiLanguage = UiLanguage.fi

    @model_validator(mode="after")
    def _one_way(self) -> "RepresentativeName":
        if (self.principal_id is None) == (self.email is None):
            raise ValueError("give either principal_id or email")
        if self.email is not None and self.name is None:
            raise ValueError("name is needed with email")
        return self


class SpeakerPublic(Schema):
    """Somebody who speaks for a member."""

    principal_id: UUID
    name: str
    role: RepresentativeRole
    since: Moment


class SpeakerQuery(PageQuery):
    """A page of those who speak for a member."""


class RepresentativePublic(Schema):
    """Who was named. `invited`: it takes effect once they accept; the answer does not tell whose address it is."""

    principal_id: UUID | None
    role: RepresentativeRole
    invited: bool


MemberPage = Page[MemberPublic]
SpeakerPage = Page[SpeakerPublic]
