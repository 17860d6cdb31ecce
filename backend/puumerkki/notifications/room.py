"""What the room brings to the house."""

from puumerkki.identity.events import UserDisabled, UserErased
from puumerkki.kernel.links import Kept, stays
from puumerkki.kernel.room import Periodic, Room
from puumerkki.notifications import routes
from puumerkki.notifications.models import (
    Follow,
    Notice,
    NoticeChoice,
    NoticeDays,
    NoticeException,
    OpenTask,
    TaskPosition,
)
from puumerkki.notifications.service.expiring import delete_expired_notices
from puumerkki.notifications.service.follows import drop_follows

ROOM = Room(
    name="notifications",
    tables=(OpenTask, Notice, NoticeChoice, NoticeDays, NoticeException, Follow, TaskPosition),
    routers=routes.ROUTERS,
    handlers={UserDisabled: (drop_follows,), UserErased: (drop_follows,)},
    # the worker opens and closes these by what the other rooms have: they follow a merge by themselves
    periodic=(Periodic((delete_expired_notices,)),),
    # and who follows an organisation is asked through what it was merged into
    links=stays(
        "task.scope_id", "task.organisation_id", "notice.organisation_id", "follow.subject_id", since=Kept.history
    ),
)
