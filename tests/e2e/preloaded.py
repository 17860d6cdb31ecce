"""What the process has done beforehand from which all sites come, so that none of them does it again."""

import puumerkki.cli as _all_commands
import puumerkki.web.app as _all_routes
from puumerkki import wiring
from puumerkki.notifications.declared import declared
from puumerkki.notifications.service import reconciling

assert _all_commands and _all_routes
wiring.connect()
for _key in declared():
    for _in_full in (True, False):
        reconciling._statement(_key, _in_full)._ready()
reconciling._reaching()._ready()
