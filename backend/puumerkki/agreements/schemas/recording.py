"""What the API takes of agreements that were signed on paper."""

from uuid import UUID

from puumerkki.kernel.text import Day, Schema


class AgreementRecord(Schema):
    """All parties signed it on paper. `attachment_id`: the scan, a file of the agreement."""

    signed_on: Day
    attachment_id: UUID
