"""Invitations to networks, as an organisation sees them."""

from datetime import date
from uuid import UUID

from puumerkki.kernel.field_types import NameTranslations, Schema
from puumerkki.kernel.reads.pagination import Page, PageQuery


class NetworkInvitationQuery(PageQuery):
    """A page of them, by the networks' names."""


class NetworkInvitationPublic(Schema):
    """That a network invites an organisation. `answer_by`: null while it cannot answer, since it is not confirmed."""

    id: UUID
    network_id: UUID
    network_names: NameTranslations
    organisation_id: UUID
    answer_by: date | None


NetworkInvitationPage = Page[NetworkInvitationPublic]
