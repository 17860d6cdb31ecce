"""What the room brings to the house."""

from puumerkki.access.models import KeptTie, Principal, RoleGrant, Tie
from puumerkki.kernel.links import passes, stays
from puumerkki.kernel.room import Invariant, Room

ROOM = Room(
    name="access",
    tables=(Principal, RoleGrant, Tie, KeptTie),
    invariants=(
        Invariant(
            "role_without_tie",
            "A role in an organisation that ties nobody to it.",
            "select g.id::text from role_grant g where (g.for_organisation_id is not null"
            " or (g.scope_kind = 'organisation' and g.role <> 'inspector'))"
            " and not exists (select from tie t where t.grant_id = g.id)",
        ),
    ),
    links=(
        *passes("role_grant.scope_id", "role_grant.for_organisation_id"),
        *stays("tie.organisation_id", "kept_tie.organisation_id"),
    ),
)
