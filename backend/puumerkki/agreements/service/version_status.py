"""What has become of a version of an agreement."""

from puumerkki.agreements.models import (
    RECORDED,
    RUNNING,
    Agreement,
    AgreementState,
    AgreementWithdrawal,
    VersionStanding,
)
from puumerkki.agreements.service.drafting import OPEN


def standing_of(agreement: Agreement, number: int, withdrawal: AgreementWithdrawal | None) -> VersionStanding:
    """What has become of a version."""
    if withdrawal is not None:
        return VersionStanding.withdrawn
    if number == agreement.version_in_force:
        if agreement.state == AgreementState.signed:
            return VersionStanding.signed
        return VersionStanding.in_force if agreement.state in RUNNING else VersionStanding.ended
    if number == agreement.current_version and agreement.state in RECORDED:
        return VersionStanding.recorded
    if number == agreement.current_version:
        return VersionStanding.open if agreement.state in OPEN else VersionStanding.lapsed
    return VersionStanding.replaced
