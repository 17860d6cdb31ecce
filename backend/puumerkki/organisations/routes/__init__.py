"""The routes of organisations, their contacts, people and relations, and of what people declare."""

from puumerkki.organisations.routes.affiliations import router as affiliations
from puumerkki.organisations.routes.archiving import router as archiving
from puumerkki.organisations.routes.confirmations import router as confirmations
from puumerkki.organisations.routes.contacts import router as contacts
from puumerkki.organisations.routes.external_ids import router as external_ids
from puumerkki.organisations.routes.merging import router as merging
from puumerkki.organisations.routes.namings import router as namings
from puumerkki.organisations.routes.organisations import router as organisations
from puumerkki.organisations.routes.people import router as people
from puumerkki.organisations.routes.relations import router as relations

ROUTERS = (
    external_ids,
    organisations,
    confirmations,
    archiving,
    merging,
    contacts,
    people,
    relations,
    namings,
    affiliations,
)
