"""The routers of all rooms, hot reads first."""

from fastapi import APIRouter

from puumerkki.reference.routes import ROUTERS as REFERENCE

ROUTERS: tuple[APIRouter, ...] = (*REFERENCE,)
