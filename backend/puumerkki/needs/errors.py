"""This room's errors."""

from puumerkki.kernel.errors import Conflict


class NetworkClosed(Conflict):
    """A closed network takes no needs."""

    code = "network_closed"
    message = "This network is closed."


class NeedAgreed(Conflict):
    """Once agreed, a need is the network's; only its coordinator changes it."""

    code = "need_agreed"
    message = "The network has agreed on this need; only its coordinator changes it now."
