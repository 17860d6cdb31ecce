"""What the room brings to the house."""

from puumerkki.discussions import routes
from puumerkki.discussions.models import Attachment, Comment, PointToMend
from puumerkki.discussions.tells import TELLS
from puumerkki.discussions.workflow import POINT
from puumerkki.kernel.room import Room

ROOM = Room(
    name="discussions",
    tells=TELLS,
    tables=(Comment, PointToMend, Attachment),
    routers=routes.ROUTERS,
    workflows=(POINT,),
)
