"""Signing in, accounts, invitations, service accounts."""

from fastapi import APIRouter

from puumerkki.identity.routes import auth, break_glass, invitations, me, oauth, service_accounts, users

ROUTERS: tuple[APIRouter, ...] = (
    me.router,
    auth.router,
    oauth.router,
    invitations.router,
    service_accounts.router,
    users.router,
    break_glass.router,
)
