"""What endorsements have to do with an application."""

from puumerkki.applications.followers import Follower
from puumerkki.endorsements.queries.endorsements import hold_endorsements

FOLLOWER = Follower(kind="endorsement", hold=hold_endorsements)
