"""Whom this room's events are told."""

from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import Silent
from puumerkki.reference.events import AreaChanged, AreaCreated

_LISTED = Silent("areas are a list that everybody reads when they need it")
TELLS: Tells = {AreaCreated: _LISTED, AreaChanged: _LISTED}
