"""The routers of all rooms, hot reads first."""

from fastapi import APIRouter

from puumerkki.funding.routes.calls import ROUTERS as CALLS
from puumerkki.reference.routes import ROUTERS as REFERENCE
from puumerkki.threads.routes import ROUTERS as THREADS

ROUTERS: tuple[APIRouter, ...] = (*CALLS, *REFERENCE, *THREADS,)
