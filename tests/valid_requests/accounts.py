"""The end of an account, and another address."""

from datetime import timedelta

from puumerkki.identity.models import EmailChange, MailedPurpose, User
from puumerkki.kernel import clock
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.identity import _link as mailed
from tests.valid_requests.identity import _user as somebody


@operation("me_send_erasure_link")
async def send_erasuremailed(_: Cast) -> Call:
    return Call("POST", "/me/erasure-link", by="outsider")


@operation("auth_use_erasure_link")
async def use_erasuremailed(cast: Cast) -> Call:
    token = await mailed(cast, MailedPurpose.erasure, await somebody(cast))
    return Call("POST", "/auth/erasure/use", by="anonymous", json={"token": token})


async def _email_change(cast: Cast, user: User) -> str:
    cast.world.session.add(
        EmailChange(user_id=user.id, email="muuttunut@example.org", expires_at=clock.now() + timedelta(days=1))
    )
    await cast.world.session.flush()
    return await mailed(cast, MailedPurpose.email_old, user, {"email": "muuttunut@example.org"})


@operation("me_change_email")
async def change_email(_: Cast) -> Call:
    return Call("POST", "/me/email-change", by="outsider", json={"email": "muuttunut@example.org"})


@operation("me_cancel_email_change")
async def cancel_my_email_change(cast: Cast) -> Call:
    user = await cast.world.session.get_one(User, cast["outsider"].id)
    await _email_change(cast, user)
    return Call("DELETE", "/me/email-change", by="outsider")


@operation("auth_confirm_email_change")
async def confirm_email_change(cast: Cast) -> Call:
    token = await _email_change(cast, await somebody(cast))
    return Call("POST", "/auth/email-change/use", by="anonymous", json={"token": token})


@operation("auth_cancel_email_change")
async def cancel_email_change(cast: Cast) -> Call:
    token = await _email_change(cast, await somebody(cast))
    return Call("POST", "/auth/email-change/cancel", by="anonymous", json={"token": token})
