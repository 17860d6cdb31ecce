"""What blocks an endorsement."""

from puumerkki.kernel.errors import Conflict


class VersionErased(Conflict):
    """The persons in the version have been erased, so no new endorsement can be bound to it."""

    code = "version_erased"
    message = "The private part of this version has been erased: a puumerkki needs a new version."


class ApplicantLeft(Conflict):
    """No endorsement is given on a version that names somebody who has left."""

    code = "applicant_left"
    message = "An applicant of this version has left, so the applicant must submit a new version first."
