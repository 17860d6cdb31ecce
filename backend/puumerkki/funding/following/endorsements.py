"""What endorsements have to do with an application."""

from puumerkki.funding.followers import Follower
from puumerkki.funding.queries.endorsements import hold_marks

FOLLOWER = Follower(kind="endorsement", hold=hold_marks)
