"""What others have of an application, in one line each."""

from uuid import UUID

from puumerkki.applications.models.recipients import HandlingState, PartnerRequestState
from puumerkki.kernel.field_types import Schema


class HandlingBrief(Schema):
    id: UUID
    state: HandlingState


class PartnerRequestBrief(Schema):
    id: UUID
    state: PartnerRequestState
