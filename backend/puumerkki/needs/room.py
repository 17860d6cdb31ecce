"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.imports import kinds
from puumerkki.kernel.links import MergedThing, Since, moves
from puumerkki.kernel.room import Room
from puumerkki.needs import routes
from puumerkki.needs.exports import NEEDS_TEMPLATE
from puumerkki.needs.importing import NEEDS
from puumerkki.needs.models import Need
from puumerkki.needs.queries import SUBJECT, TASKS
from puumerkki.needs.tells import SIDES, TELLS
from puumerkki.needs.workflow import NEED

ROOM = Room(
    name="needs",
    tells=TELLS,
    sides=SIDES,
    tables=(Need,),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(NEED,),
    tasks=TASKS,
    links=(
        *moves(
            "need.raised_for_organisation_id",
            since=Since(MergedThing.needs, "select t.raised_by", alone="t.state = 'raised'", kind="need"),
        ),
    ),
    connect=lambda: kinds.register(NEEDS, P.needs_agree, "network_id", template=NEEDS_TEMPLATE),
)
