"""What the room brings to the house."""

from puumerkki.identity import routes
from puumerkki.identity.models import (
    BreakGlass,
    EmailChange,
    MailedLink,
    RateLimit,
    RefreshToken,
    RoleOffer,
    ServiceAccount,
    User,
)
from puumerkki.identity.service.cleanup import delete_expired
from puumerkki.identity.subjects import SUBJECTS
from puumerkki.identity.tells import SIDES, TELLS
from puumerkki.identity.workflow import SERVICE_ACCOUNT, USER
from puumerkki.kernel.links import MergedThing, Since, stays
from puumerkki.kernel.room import Periodic, Room

_OFFERED = Since(
    MergedThing.role_offers,
    "select t.offered_by",
    alone="""
not exists (select from role_offer o where o.id <> t.id and o.principal_id = t.principal_id and o.role = t.role
    and o.scope_id = case t.scope_id when :into then :merged else t.scope_id end
    and o.organisation_id = :merged)""",
    # the mailed link gives what the offer says
    also="""
update mailed_link l set payload = l.payload
    || jsonb_build_object('scope_id', o.scope_id, 'for_organisation_id', o.for_organisation_id)
from role_offer o
where o.id = :id and l.user_id = o.principal_id and l.purpose = 'invitation' and l.used_at is null
and l.payload->>'role' = o.role
and cast(:into as uuid)::text in (l.payload->>'scope_id', l.payload->>'for_organisation_id')""",
)

ROOM = Room(
    name="identity",
    tells=TELLS,
    sides=SIDES,
    tables=(User, ServiceAccount, RefreshToken, MailedLink, EmailChange, RoleOffer, BreakGlass, RateLimit),
    routers=routes.ROUTERS,
    subjects=SUBJECTS,
    workflows=(USER, SERVICE_ACCOUNT),
    periodic=(Periodic((delete_expired,), after="agreements.ask_due"),),
    links=(
        *stays("role_offer.scope_id", "role_offer.organisation_id", "role_offer.for_organisation_id", since=_OFFERED),
        *stays(
            "service_account.organisation_id",
            # one in use stops it: what runs with its secret acts for the one that remains
            since=Since(MergedThing.service_accounts, "select unnest(t.maker_ids)", alone="t.state = 'revoked'"),
        ),
    ),
)
