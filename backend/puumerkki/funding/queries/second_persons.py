"""Who may be the second person of a step in a handling."""

from uuid import UUID

from sqlalchemy import SelectBase, union

from puumerkki.funding.models import Handling
from puumerkki.funding.queries.applicants import applicants_for_ties, begun, kept_out_sql
from puumerkki.funding.queries.interests import umbrellas_for
from puumerkki.networks.queries.second_persons import Asked


def wanted(handling: Handling, *, first_id: UUID) -> Asked:
    """One there since before the version arrived, and not of the first's side, an applicant's, or its umbrella's."""
    id_ = handling.application_id
    sides: SelectBase = union(applicants_for_ties(id_), umbrellas_for(id_, settled=True))
    return Asked(
        handling.network_id,
        first_id,
        sides,
        begun(id_),
        handling.received_at,
        kept_out=lambda person: kept_out_sql(person, id_),
    )
