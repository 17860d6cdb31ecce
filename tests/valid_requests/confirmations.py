"""Organisations that somebody added, and their confirmation."""

from puumerkki.networks.models.networks import MemberState
from puumerkki.organisations.models.organisations import ConfirmationRequest, Organisation
from tests.factories import UNCONFIRMED
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def _waiting(cast: Cast) -> Organisation:
    """An association that asked to be confirmed, and to join the cast's network."""
    made = await cast.world.organisation("Tuiran Asukkaat ry", **UNCONFIRMED)
    await cast.world.member(cast.network, made, accepts=False, state=MemberState.requested, joined_at=None)
    founder = await cast.world.person()
    cast.world.session.add(ConfirmationRequest(organisation_id=made.id, asked_by=founder.id))
    await cast.world.session.flush()
    return made


@operation("organisations_confirm_organisation")
async def confirm_organisation(cast: Cast) -> Call:
    made = await _waiting(cast)
    return Call("POST", f"/organisations/{made.id}/confirm", by="officer", if_match=1)


@operation("organisations_refuse_confirmation")
async def refuse_confirmation(cast: Cast) -> Call:
    made = await _waiting(cast)
    given = {"reason": "Lisää yhdistyksen rekisterinumero."}
    return Call("POST", f"/organisations/{made.id}/refuse-confirmation", by="officer", json=given, if_match=1)


@operation("organisations_get_confirmation")
async def get_confirmation(cast: Cast) -> Call:
    made = await _waiting(cast)
    return Call("GET", f"/organisations/{made.id}/confirmation", by="officer")


@operation("organisations_ask_confirmation")
async def ask_confirmation(cast: Cast) -> Call:
    for name, value in UNCONFIRMED.items():
        setattr(cast.association, name, value)
    await cast.world.session.flush()
    version = cast.association.version
    return Call("POST", f"/organisations/{cast.association.id}/ask-confirmation", by="owner", if_match=version)
