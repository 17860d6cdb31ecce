"""What the room brings to the house."""

from puumerkki.kernel.links import Kept, stays
from puumerkki.kernel.room import Periodic, Room
from puumerkki.notifications import routes
from puumerkki.notifications.models import Notice, NoticeChoice, NoticeDays, NoticeException, OpenTask, TaskPosition
from puumerkki.notifications.service.expiring import delete_expired_notices

ROOM = Room(
    name="notifications",
    tables=(OpenTask, Notice, NoticeChoice, NoticeDays, NoticeException, TaskPosition),
    routers=routes.ROUTERS,
    # the worker opens and closes these by what the other rooms have: they follow a merge by themselves
    periodic=(Periodic((delete_expired_notices,)),),
    links=stays("task.scope_id", "task.organisation_id", "notice.organisation_id", since=Kept.history),
)
