"""What the room brings to the house."""

from puumerkki.kernel.room import Room
from puumerkki.notifications import routes
from puumerkki.notifications.models import Notice, NoticeChoice, OpenTask, TaskPosition

ROOM = Room(name="notifications", tables=(OpenTask, Notice, NoticeChoice, TaskPosition), routers=routes.ROUTERS)
