"""Networks, their members, seats and rulebooks."""

from puumerkki.networks.routes.changes import changes
from puumerkki.networks.routes.decisions import decisions
from puumerkki.networks.routes.invitations import invitations
from puumerkki.networks.routes.members import members
from puumerkki.networks.routes.networks import networks
from puumerkki.networks.routes.people import people
from puumerkki.networks.routes.proposals import proposals
from puumerkki.networks.routes.rulebooks import rulebooks
from puumerkki.networks.routes.seats import seats

ROUTERS = (networks, changes, decisions, invitations, members, proposals, people, rulebooks, seats)
