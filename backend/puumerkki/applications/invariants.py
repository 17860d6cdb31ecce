"""What must always be true of applications and their versions.

The database holds most of it by constraints and triggers; this looks again, after a restore, a fault or a suspicion.
"""

from puumerkki.kernel.room import Invariant

INVARIANTS = (
    Invariant(
        "version_without_applicant",
        "A version that does not keep who its leading applicant was.",
        "select v.application_id || ' ' || v.number from application_version v where not exists (select from"
        " version_applicant a where a.application_id = v.application_id and a.version_number = v.number"
        " and a.place = 0)",
    ),
)
