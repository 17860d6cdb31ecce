"""What the API gives of frozen versions."""

from datetime import date
from uuid import UUID

from puumerkki.agreements.models import VersionStatus
from puumerkki.agreements.schemas.agreements import AgreementContent
from puumerkki.kernel.field_types import Moment, Schema


class AttachedFile(Schema):
    """A file that belongs to a version. `size`: bytes; `digest`: as the version's."""

    name: str
    size: int
    digest: str


class WithdrawalPublic(Schema):
    """When a version was withdrawn, for which party, and why."""

    created_at: Moment
    withdrawn_for_organisation_id: UUID
    reason: str


class AgreementVersionPublic(Schema):
    """A frozen version. `digest`: of the bytes that `snapshot` gives, as `sha256:` and 64 hexadecimal digits.

    `signed_on_paper`: the day on which all parties signed it elsewhere, as the organisation that proposed it recorded.
    `sign_by`: the last day to sign it, where it was proposed to be signed.
    `withdrawal`: where it was withdrawn; signatures on it bind nobody.
    """

    number: int
    standing: VersionStatus
    withdrawal: WithdrawalPublic | None
    created_at: Moment
    title: str
    starts_on: date
    ends_on: date
    content: AgreementContent
    digest: str
    attachments: list[AttachedFile]
    proposed_for_organisation_id: UUID
    sign_by: date | None
    signed_on_paper: date | None
    scan_id: UUID | None


class AgreementVersionList(Schema):
    """All frozen versions."""

    items: list[AgreementVersionPublic]
