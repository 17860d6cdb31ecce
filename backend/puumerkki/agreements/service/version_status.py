"""The status of a version of an agreement: open, signed, in force, ended, withdrawn, replaced."""

from puumerkki.agreements.models import (
    RECORDED,
    RUNNING,
    Agreement,
    AgreementState,
    AgreementWithdrawal,
    VersionStatus,
)
from puumerkki.agreements.service.drafting import OPEN


def version_status(agreement: Agreement, number: int, withdrawal: AgreementWithdrawal | None) -> VersionStatus:
    """The status of a version; `withdrawal`: that of the version, where it was withdrawn."""
    if withdrawal is not None:
        return VersionStatus.withdrawn
    if number == agreement.version_in_force:
        if agreement.state == AgreementState.signed:
            return VersionStatus.signed
        return VersionStatus.in_force if agreement.state in RUNNING else VersionStatus.ended
    if number == agreement.current_version and agreement.state in RECORDED:
        return VersionStatus.recorded
    if number == agreement.current_version:
        return VersionStatus.open if agreement.state in OPEN else VersionStatus.lapsed
    return VersionStatus.replaced
