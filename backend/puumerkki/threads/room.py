"""What the room brings to the house."""

from puumerkki.kernel.room import Room
from puumerkki.threads import routes
from puumerkki.threads.models import Attachment, Comment, PointToMend
from puumerkki.threads.workflow import POINT

ROOM = Room(name="threads", tables=(Comment, PointToMend, Attachment), routers=routes.ROUTERS, workflows=(POINT,))
