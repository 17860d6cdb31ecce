"""What the room brings to the house."""

from puumerkki.imports import routes
from puumerkki.imports.jobs import forget_old_imports
from puumerkki.imports.models import ImportJob
from puumerkki.imports.workflow import IMPORT
from puumerkki.kernel.room import Periodic, Room

ROOM = Room(
    name="imports",
    tables=(ImportJob,),
    routers=routes.ROUTERS,
    workflows=(IMPORT,),
    periodic=(Periodic((forget_old_imports,), after="kernel.forget_old"),),
)
