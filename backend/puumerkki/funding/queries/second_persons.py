"""Who may be the second person of a step in a handling."""

from uuid import UUID

from puumerkki.funding.models import Handling
from puumerkki.funding.queries.applicants import applicants_for_ties, begun, kept_out_sql
from puumerkki.networks.queries.second_persons import Asked


def wanted(handling: Handling, *, first_id: UUID) -> Asked:
    """One who is not tied to an applicant, there since before the version arrived, and not of the first's side."""
    id_ = handling.application_id
    return Asked(
        handling.network_id,
        first_id,
        applicants_for_ties(id_),
        begun(id_),
        handling.received_at,
        kept_out=lambda person: kept_out_sql(person, id_),
    )
