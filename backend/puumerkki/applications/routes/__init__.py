"""Routes of the room."""

from puumerkki.applications.routes import application_versions

ROUTERS = application_versions.ROUTERS
