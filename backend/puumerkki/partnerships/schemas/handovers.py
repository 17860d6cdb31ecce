"""What the API gives to an authority's owner of cases that wait for a person, and takes."""

from uuid import UUID

from puumerkki.applications.schemas.named import OrganisationNamed, PersonNamed
from puumerkki.kernel.field_types import Moment, Schema
from puumerkki.partnerships.models.handovers import CaseOffice


class HandoverGiven(Schema):
    """Who prepares or decides the case in place of those who take no part."""

    principal_id: UUID


class CaseHandoverPublic(Schema):
    """A case in which everybody in the office takes no part; nothing of what it is about.

    `handed_to`: who acts there by now. `candidates`: people of the authority who take part; empty for an
    administrator who is tied themselves (`may_hand_over`).
    """

    id: UUID
    authority: OrganisationNamed
    case_number: str
    arrived_at: Moment
    office: CaseOffice
    handed_to: PersonNamed | None
    may_hand_over: bool
    candidates: list[PersonNamed]


class CaseHandoverList(Schema):
    items: list[CaseHandoverPublic]
