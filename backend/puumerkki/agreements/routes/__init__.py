"""Addresses under the API, one file for each kind of thing."""

from puumerkki.agreements.routes import agreements, duties, versions

ROUTERS = (agreements.router, versions.router, duties.router)
