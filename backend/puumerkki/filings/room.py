"""What the room brings to the house."""

from puumerkki.applications import followers
from puumerkki.filings import open_work as open_handlings
from puumerkki.filings import queries, routes, service
from puumerkki.filings.deadlines import DEADLINES
from puumerkki.filings.following import FOLLOWER
from puumerkki.filings.models import Filing
from puumerkki.filings.tasks import TASKS
from puumerkki.filings.tells import SIDES, TELLS
from puumerkki.filings.workflow import FILING
from puumerkki.kernel.links import Kept, moves
from puumerkki.kernel.room import Room
from puumerkki.networks import open_work
from puumerkki.reports import reportable
from puumerkki.reports.events import ReportSubmitted

_TO_ITS_CALLS = """
update filing f set funder_id = :merged, version = f.version + 1, updated_at = :now from funding_call c
where c.id = f.call_id and c.funder_id = :merged and f.funder_id = :into"""


def _connect() -> None:
    followers.register(FOLLOWER)
    open_work.register(open_handlings.open_work)
    reportable.register(queries.REPORTED)


ROOM = Room(
    name="filings",
    tells=TELLS,
    sides=SIDES,
    tables=(Filing,),
    routers=routes.ROUTERS,
    subjects=(queries.SUBJECT,),
    workflows=(FILING,),
    tasks=TASKS,
    deadlines=DEADLINES,
    handlers={ReportSubmitted: (service.after_report_submitted,)},
    links=(*moves("filing.funder_id", since=Kept.named, follows=_TO_ITS_CALLS),),
    connect=_connect,
)
