"""What the room brings to the house."""

from puumerkki.access.models import KeptTie, Principal, RoleGrant, Tie
from puumerkki.kernel.links import Kept, MergedThing, Since, passes, stays
from puumerkki.kernel.room import Invariant, Room

# whom somebody who goes back let in has a role where they are left alone; who goes back may keep a role there, too
_LET_IN = """
select t.granted_by from principal p where p.id = t.principal_id and p.kind = 'user' and p.id <> all(:returning)"""
_MEMBERSHIP_ENDS = """
exists (select from network_member m where m.network_id = t.scope_id and m.organisation_id = :into
    and m.id = any(:ending))"""

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
        *passes("role_grant.scope_id", since=Since(MergedThing.roles, _LET_IN)),
        *passes("role_grant.for_organisation_id", since=Since(MergedThing.roles, _LET_IN, always=_MEMBERSHIP_ENDS)),
        *stays("tie.organisation_id", "kept_tie.organisation_id", since=Kept.history),
    ),
)
