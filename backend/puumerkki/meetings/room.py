"""What the room brings to the house."""

from puumerkki.kernel.room import Room
from puumerkki.meetings import routes
from puumerkki.meetings.deadlines import DEADLINES
from puumerkki.meetings.models import AgendaItem, Meeting, MeetingAttendance, RoleChoice, RoleChoiceConfirmation
from puumerkki.meetings.queries import SUBJECT, TASKS
from puumerkki.meetings.tells import SIDES, TELLS
from puumerkki.meetings.workflow import MEETING

ROOM = Room(
    name="meetings",
    tells=TELLS,
    sides=SIDES,
    tables=(Meeting, MeetingAttendance, AgendaItem, RoleChoice, RoleChoiceConfirmation),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(MEETING,),
    tasks=TASKS,
    deadlines=DEADLINES,
)
