"""Errors about filings."""

from puumerkki.kernel.errors import Conflict


class ApplicationWithdrawn(Conflict):
    """What was withdrawn is not sent to anybody."""

    code = "application_withdrawn"
    message = "The application has been withdrawn."


class VersionUnknown(Conflict):
    """Only a frozen version is filed."""

    code = "version_unknown"
    message = "The application has no such version."


class GrantExceeded(Conflict):
    """No more is paid back than was granted."""

    code = "grant_exceeded"
    message = "More would be recovered than was granted."


class FilingNotPlanned(Conflict):
    """What was sent is on record."""

    code = "filing_not_planned"
    message = "The application has been filed with the funder, so this cannot change."
