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
from puumerkki.kernel.links import stays
from puumerkki.kernel.room import Periodic, Room

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
        *stays("role_offer.scope_id", "role_offer.organisation_id", "role_offer.for_organisation_id"),
        *stays("service_account.organisation_id"),
    ),
)
