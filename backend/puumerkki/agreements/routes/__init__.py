"""Addresses under the API, one file for each kind of thing."""

from puumerkki.agreements.routes import (
    agreements,
    duties,
    public,
    recording,
    sums,
    templates,
    verification,
    versions,
)

ROUTERS = (
    verification.router,
    sums.router,
    public.router,
    templates.router,
    agreements.router,
    recording.router,
    versions.router,
    duties.router,
)
"""What has a name of its own stands before what has an id there."""
